package io.ccrelay.llm.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Bytes;
import io.ccrelay.llm.Dialect;
import io.ccrelay.testing.Streams;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class EventScannerTest {

  private static final String EMOJI = "\uD83D\uDE00";

  @Test
  void anEventHasItsNameAndItsData() {
    assertEquals(List.of("greeting=hello"), events("event: greeting\ndata: hello\n\n"));
  }

  @Test
  void anEventWithoutNameIsAMessage() {
    assertEquals(List.of("message=hello"), events("data: hello\n\n"));
  }

  @Test
  void theLastNameCounts() {
    assertEquals(List.of("b=x"), events("event: a\nevent: b\ndata: x\n\n"));
  }

  @Test
  void linesEndInLfCrlfOrCr() {
    for (var end : List.of("\n", "\r\n", "\r")) {
      String stream = "event: a\ndata: 1\n\ndata: 2\n\n\ndata: 3\n\n".replace("\n", end);
      assertEquals(List.of("a=1", "message=2", "message=3"), events(stream));
    }
  }

  @Test
  void lineEndsMayBeMixed() {
    assertEquals(List.of("a=1\n2\n3"), events("event: a\rdata: 1\r\ndata: 2\ndata: 3\r\r\n"));
  }

  @Test
  void severalDataLinesAreJoinedByLineFeeds() {
    assertEquals(List.of("message=a\n\nb"), events("data: a\ndata\ndata:b\n\n"));
  }

  @Test
  void oneSpaceAfterTheColonBelongsToTheSyntax() {
    assertEquals(List.of("message=a", "message= a"), events("data:a\n\ndata:  a\n\n"));
  }

  @Test
  void aFieldWithoutColonIsEmpty() {
    assertEquals(List.of("message="), events("event\ndata\n\n"));
  }

  @Test
  void otherFieldsAndCommentsSayNothing() {
    assertEquals(
        List.of("message=a"), events("id: 7\nretry: 5\n: data: no\ndatabase: x\ndata: a\n\n"));
  }

  @Test
  void blocksWithoutDataAreNoEvents() {
    assertEquals(List.of(), events("\n\n: comment\n\nevent: a\n\nretry: 5\n\n"));
  }

  @Test
  void aByteOrderMarkIsSkippedOnlyAtTheStart() {
    assertEquals(List.of("message=a"), events("\uFEFFdata: a\n\n\uFEFFdata: b\n\n"));
  }

  @Test
  void theLastBlockCountsOnlyWithItsBlankLine() {
    assertEquals(List.of("message=a"), events("data: a\n\ndata: b\n"));
  }

  @Test
  void theWireFormLeavesOutComments() {
    var events = scan(List.of(Bytes.utf8("\uFEFF: c\r\nevent: a\r\n: d\r\ndata: 1\r\n\r\n")), 99);
    assertEquals("event: a\r\ndata: 1\r\n\r\n", events.getFirst().wire().toUtf8());
  }

  @Test
  void eventsWithinOneChunkAreViewsOfIt() {
    var chunk = Bytes.utf8("data: first\n\nevent: a\ndata: second\n\n");
    for (var event : scan(List.of(chunk), 99)) {
      assertSame(array(chunk), array(event.data()));
      assertSame(array(chunk), array(event.wire()));
    }
  }

  @Test
  void aStreamOfOneByteChunksHasTheSameEvents() {
    var stream = Bytes.utf8("event: a\r\ndata: " + EMOJI + "\r\n\r\ndata: \u2028\r\n\r\n");
    assertEquals(scan(List.of(stream), 99), scan(Streams.bytewise(stream), 99));
    assertEquals(2, scan(List.of(stream), 99).size());
  }

  @Test
  void anEventBeyondTheLimitIsAnOverflow() {
    var seen = new ArrayList<Event>();
    var scanner = new EventScanner(10, seen::add);
    scanner.feed(Bytes.utf8("data: 12\n\n"));
    assertFalse(scanner.overflow());
    scanner.feed(Bytes.utf8("data: 1"));
    scanner.feed(Bytes.utf8("2345678901"));
    assertTrue(scanner.overflow());
    assertFalse(scanner.atBoundary());
    scanner.feed(Bytes.utf8("\n\n"));
    assertTrue(scanner.atBoundary());
    scanner.feed(Bytes.utf8("data: 1\n\n"));
    assertEquals(1, seen.size());
  }

  @Test
  void anEventOfAMegabyteArrives() {
    String data = "x".repeat(1 << 20);
    assertEquals(List.of("message=" + data), events("data: " + data + "\n\n"));
  }

  @Test
  void aBlockOfManyDataLinesCostsLinearTime() {
    String block = "data\n".repeat(500_000) + "\n";
    assertEquals(499_999, scan(List.of(Bytes.utf8(block)), 1 << 24).getFirst().data().size());
  }

  @Test
  void theBoundaryIsKnownAfterEveryByte() {
    var scanner = new EventScanner(event -> {});
    var told = new StringBuilder();
    for (var b : Streams.bytewise(Bytes.utf8("data: a\r\n\r\ndata: b\n\n:c\r\r\n"))) {
      told.append(scanner.atBoundary() ? '|' : '.');
      scanner.feed(b);
    }
    assertTrue(scanner.atBoundary());
    assertEquals("|.........||........|...|", told.toString());
  }

  @Property(tries = 500)
  void everyCutGivesTheSameEvents(
      @ForAll("streams") String text, @ForAll List<Integer> cuts, @ForAll boolean small) {
    var stream = Bytes.utf8(text);
    int limit = small ? 12 : 1000;
    var whole = scan(List.of(stream), limit);
    assertEquals(whole, scan(Streams.cut(stream, cuts), limit));
    assertEquals(whole, scan(Streams.bytewise(stream), limit));
  }

  @Property(tries = 200)
  void aPingAtABoundaryAfterTheFirstByteChangesNoOtherEvent(
      @ForAll("streams") String text, @ForAll List<Integer> cuts) {
    var stream = Bytes.utf8(text);
    var seen = new ArrayList<Event>();
    var relayed = new ArrayList<Bytes>();
    var scanner = new EventScanner(seen::add);
    int fed = 0;
    for (var piece : Streams.cut(stream, cuts)) {
      relayed.add(piece);
      scanner.feed(piece);
      fed += piece.size();
      if (fed > 0 && scanner.atBoundary()) {
        relayed.add(Ping.of(Dialect.ANTHROPIC, true));
      }
    }
    scanner.end();
    var received =
        scan(relayed, EventScanner.DEFAULT_LIMIT).stream()
            .filter(event -> !event.data().toUtf8().equals("{\"type\": \"ping\"}"))
            .map(EventScannerTest::told)
            .toList();
    assertEquals(seen.stream().map(EventScannerTest::told).toList(), received);
  }

  @Provide
  Arbitrary<String> streams() {
    return Arbitraries.of(
            "data: a",
            "data",
            "data:",
            "event: b",
            "event",
            ":",
            ": c",
            "id: 1",
            "x",
            EMOJI,
            "\n",
            "\n\n",
            "\r",
            "\r\n",
            "\r\n\r\n",
            "\n",
            "\uFEFF",
            " ")
        .list()
        .ofMaxSize(30)
        .map(parts -> String.join("", parts));
  }

  private static List<String> events(String stream) {
    return scan(List.of(Bytes.utf8(stream)), 1 << 24).stream().map(EventScannerTest::told).toList();
  }

  private static String told(Event event) {
    return event.name() + "=" + event.data().toUtf8();
  }

  private static List<Event> scan(List<Bytes> pieces, int limit) {
    var events = new ArrayList<Event>();
    var scanner = new EventScanner(limit, events::add);
    pieces.forEach(scanner::feed);
    scanner.end();
    return events;
  }

  private static byte[] array(Bytes bytes) {
    return bytes.lend((array, offset, size) -> array);
  }
}
