package io.ccrelay.llm.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ccrelay.cache.Bytes;
import io.ccrelay.testing.Streams;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class ReplayTest {

  @Test
  void aStreamIsHandedOutEventByEvent() {
    var replay = new Replay(Bytes.utf8("data: a\n\nevent: b\r\ndata: c\r\n\r\ndata: d\r\r"));
    assertEquals(
        List.of("data: a\n\n", "event: b\r\ndata: c\r\n\r\n", "data: d\r\r"),
        texts(replay.events()));
  }

  @Test
  void piecesAreWholeEventsOfAboutTheSizeWanted() {
    var replay = new Replay(Bytes.utf8("data: 1\n\n".repeat(5)));
    assertEquals(
        List.of("data: 1\n\ndata: 1\n\n", "data: 1\n\ndata: 1\n\n", "data: 1\n\n"),
        texts(replay.pieces(10)));
  }

  @Test
  void nothingIsCopied() {
    var stream = Streams.read("anthropic-text");
    var first = new Replay(stream).events().next();
    assertSame(array(stream), array(first));
  }

  @Test
  void anEmptyStreamHasNoEvents() {
    var events = new Replay(Bytes.empty()).events();
    assertThrows(NoSuchElementException.class, events::next);
  }

  private static List<String> texts(Iterator<Bytes> slices) {
    var texts = new ArrayList<String>();
    slices.forEachRemaining(slice -> texts.add(slice.toUtf8()));
    return texts;
  }

  private static byte[] array(Bytes bytes) {
    return bytes.lend((array, offset, size) -> array);
  }
}
