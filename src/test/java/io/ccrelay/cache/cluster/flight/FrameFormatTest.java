package io.ccrelay.cache.cluster.flight;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Key;
import io.ccrelay.http.Fields;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What members say to each other about flights, as bytes. */
class FrameFormatTest {

  private static final Key KEY = Key.ofHex("00ff10");

  static Stream<Frame> frames() {
    return Stream.of(
        new Frame.Claim(KEY, true),
        new Frame.Claim(KEY, false),
        new Frame.Granted(),
        new Frame.Taken("127.0.0.1:3320/üñ"),
        new Frame.Renew(List.of()),
        new Frame.Renew(List.of(KEY, Key.of(""))),
        new Frame.Release(KEY),
        new Frame.Subscribe(KEY, Long.MAX_VALUE, 512),
        new Frame.Accepted(),
        new Frame.Refused(),
        new Frame.Credit(1, 0),
        new Frame.Leave(2),
        new Frame.News(3, 0, new Frame.Head(200, Fields.of("content-type", "text/plain"))),
        new Frame.News(3, 1, new Frame.Head(200, Fields.none())),
        new Frame.News(3, 1, new Frame.Chunk(Bytes.utf8("xabcx").slice(1, 4))),
        new Frame.News(3, 2, new Frame.Part(Bytes.empty())),
        new Frame.News(3, 3, new Frame.Complete(7)),
        new Frame.News(3, 4, new Frame.Alone("truncated")),
        new Frame.News(3, 5, new Frame.Leaderless("")),
        new Frame.News(3, Integer.MAX_VALUE, new Frame.Beat()));
  }

  @ParameterizedTest
  @MethodSource("frames")
  void whatWasWrittenIsReadAndNothingShorterOrLongerIs(Frame frame) {
    Buffer bytes = FrameFormat.encode(frame);
    assertEquals(Optional.of(frame), FrameFormat.decode(bytes));
    for (int length = 0; length < bytes.length(); length++) {
      assertEquals(Optional.empty(), FrameFormat.decode(bytes.slice(0, length)));
    }
    assertEquals(Optional.empty(), FrameFormat.decode(bytes.copy().appendByte((byte) 0)));
  }

  @Test
  void aLengthBeyondTheMessageIsNotBelieved() {
    Buffer bomb =
        Buffer.buffer().appendByte((byte) 1).appendByte((byte) 5).appendInt(Integer.MAX_VALUE);
    assertEquals(Optional.empty(), FrameFormat.decode(bomb));
    Buffer many =
        Buffer.buffer().appendByte((byte) 1).appendByte((byte) 4).appendInt(Integer.MAX_VALUE);
    assertEquals(Optional.empty(), FrameFormat.decode(many));
    Buffer negative = Buffer.buffer().appendByte((byte) 1).appendByte((byte) 5).appendInt(-1);
    assertEquals(Optional.empty(), FrameFormat.decode(negative));
  }

  @Property(tries = 2000)
  void anyBytesAreAFrameOrNone(@ForAll byte[] bytes) {
    FrameFormat.decode(Buffer.buffer(bytes))
        .ifPresent(frame -> assertEquals(Buffer.buffer(bytes), FrameFormat.encode(frame)));
  }
}
