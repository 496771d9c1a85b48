package io.ccrelay.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** RFC 9111 section 3.4. */
class CombinationTest {

  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

  private static StoredResponse part(long first, long last, String... fields) {
    var range = new ContentRange(first, last, 10);
    return new StoredResponse(
        206,
        Fields.of(fields).plus("Content-Range", range.text()),
        Fields.none(),
        THEN.plusSeconds(last),
        THEN.plusSeconds(last),
        range.length(),
        Optional.of(range),
        false);
  }

  private static Optional<ContentRange> range(StoredResponse one, StoredResponse other) {
    return Combination.of(one, other).flatMap(StoredResponse::part);
  }

  @Test
  void partsThatOverlapOrTouchAreJoinedInEitherOrder() {
    var low = part(0, 3, "ETag", "\"1\"");
    var high = part(4, 6, "ETag", "\"1\"");
    var inner = part(1, 2, "ETag", "\"1\"");
    assertEquals(Optional.of(new ContentRange(0, 6, 10)), range(low, high));
    assertEquals(Optional.of(new ContentRange(0, 6, 10)), range(high, low));
    assertEquals(Optional.of(new ContentRange(0, 3, 10)), range(low, inner));
    assertEquals(Optional.empty(), range(part(0, 2, "ETag", "\"1\""), high));
    assertEquals(Optional.empty(), range(high, part(0, 2, "ETag", "\"1\"")));
  }

  @Test
  void theLaterFieldsAndTimesHoldForBoth() {
    var old = part(0, 3, "ETag", "\"1\"", "A", "1", "B", "1", "Age", "5", "Content-Length", "4");
    var late = part(4, 6, "ETag", "\"1\"", "b", "2", "Content-Length", "3");
    var joined = Combination.of(old, late).orElseThrow();
    assertEquals(
        Fields.of("A", "1", "ETag", "\"1\"", "b", "2", "Content-Range", "bytes 0-6/10"),
        joined.fields());
    assertEquals(206, joined.status());
    assertEquals(7, joined.length());
    assertEquals(late.responseTime(), joined.responseTime());
    assertEquals(late.requestTime(), joined.requestTime());
  }

  @Test
  void theWholeIsA200WithoutARange() {
    var whole =
        Combination.of(part(0, 4, "ETag", "\"1\""), part(5, 9, "ETag", "\"1\"", "Age", "3"))
            .orElseThrow();
    assertEquals(200, whole.status());
    assertEquals(Optional.empty(), whole.part());
    assertEquals(10, whole.length());
    assertEquals(Fields.of("ETag", "\"1\"", "Age", "3"), whole.fields());
  }

  @Test
  void anythingLessThanTheSameStrongTagJoinsNothing() {
    var one = part(0, 4, "ETag", "\"1\"");
    assertEquals(Optional.empty(), range(one, part(2, 5, "ETag", "\"2\"")));
    assertEquals(Optional.empty(), range(one, part(2, 5, "ETag", "W/\"1\"")));
    assertEquals(Optional.empty(), range(one, part(2, 5, "Last-Modified", "x")));
    var weak = part(0, 4, "ETag", "W/\"1\"");
    assertEquals(Optional.empty(), range(weak, part(2, 5, "ETag", "W/\"1\"")));
  }

  @Test
  void anotherTotalOrSelectionOrTheWholeJoinsNothing() {
    var one = part(0, 4, "ETag", "\"1\"");
    var other = part(5, 9, "ETag", "\"1\"");
    var longer = new ContentRange(5, 9, 11);
    assertEquals(Optional.empty(), Combination.of(one, with(other, Fields.none(), longer)));
    var selected = with(other, Fields.of("X", "1"), new ContentRange(5, 9, 10));
    assertEquals(Optional.empty(), Combination.of(one, selected));
    var whole = Combination.of(one, other).orElseThrow();
    assertEquals(Optional.empty(), Combination.of(whole, other));
    assertEquals(Optional.empty(), Combination.of(one, whole));
  }

  private static StoredResponse with(StoredResponse part, Fields selecting, ContentRange range) {
    return new StoredResponse(
        206,
        part.fields(),
        selecting,
        part.requestTime(),
        part.responseTime(),
        range.length(),
        Optional.of(range),
        false);
  }
}
