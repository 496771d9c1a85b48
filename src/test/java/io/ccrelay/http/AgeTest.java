package io.ccrelay.http;

import static io.ccrelay.testing.HttpMessages.OPTIONS;
import static io.ccrelay.testing.HttpMessages.THEN;
import static io.ccrelay.testing.HttpMessages.date;
import static io.ccrelay.testing.HttpMessages.stored;
import static io.ccrelay.testing.HttpMessages.variant;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9111 sections 4.2.3 and 5.1. */
class AgeTest {

  @Test
  void theFirstMemberOfTheFirstLineCounts() {
    assertEquals(Duration.ofSeconds(7), Age.value(Fields.of("Age", "7, 9", "Age", "11")));
    assertEquals(Duration.ZERO, Age.value(Fields.none()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-7", "7.0", "a", "7 9", "\"7\"", "7;x=1"})
  void anAgeThatIsNotDigitsIsIgnored(String value) {
    assertEquals(Duration.ZERO, Age.value(Fields.of("Age", value)));
  }

  @Test
  void theDelayOfTheResponseCounts() {
    var response = received(THEN.minusSeconds(3), "Age", "4");
    assertEquals(Duration.ofSeconds(7), Age.initial(response));
  }

  @Test
  void theApparentAgeCountsWhenItIsLarger() {
    assertEquals(Duration.ofSeconds(60), Age.initial(stored("Date", date(-60), "Age", "4")));
    assertEquals(Duration.ofSeconds(60), Age.initial(stored("Date", date(-4), "Age", "60")));
    assertEquals(Duration.ZERO, Age.initial(stored("Date", date(60))));
    assertEquals(Duration.ZERO, Age.initial(stored("Date", "never")));
  }

  @Test
  void theTimeInTheStoreCounts() {
    assertEquals(
        Duration.ofSeconds(15), Age.current(Duration.ofSeconds(5), THEN, THEN.plusSeconds(10)));
  }

  @Test
  void anAnswerFromTheStoreHasExactlyOneAgeInWholeSeconds() {
    var replayed =
        variant("Age", "4", "age", "5", "Cache-Control", "max-age=60")
            .replay(THEN.plusMillis(2999), false);
    assertEquals(List.of("6"), replayed.all("Age"));
    assertEquals(
        List.of("2147483648"), Age.stamp(Fields.none(), Duration.ofDays(99_999)).all("Age"));
  }

  @Test
  void dateIsNotRewrittenOnAHit() {
    assertEquals(
        Optional.of(date(-5)),
        variant("Date", date(-5)).replay(THEN.plusSeconds(50), false).first("Date"));
  }

  @Property
  void ageIsNeverNegative(
      @ForAll @LongRange(min = -1_000_000, max = 1_000_000) long request,
      @ForAll @LongRange(min = -1_000_000, max = 1_000_000) long date,
      @ForAll @LongRange(min = -1_000_000, max = 1_000_000) long now,
      @ForAll String age) {
    var response = received(THEN.plusSeconds(request), "Age", age, "Date", date(date));
    var freshness = Freshness.of(response, OPTIONS);
    assertFalse(freshness.age(THEN.plusSeconds(now)).isNegative());
    assertFalse(freshness.lifetime().isNegative());
  }

  private static StoredResponse received(Instant requestTime, String... fields) {
    return new StoredResponse(
        200, Fields.of(fields), Fields.none(), requestTime, THEN, 0, Optional.empty(), false);
  }
}
