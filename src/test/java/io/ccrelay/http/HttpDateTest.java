package io.ccrelay.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 section 5.6.7. */
class HttpDateTest {

  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final Optional<Instant> THEN = Optional.of(Instant.parse("1994-11-06T08:49:37Z"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
        "Sun Nov 06 08:49:37 1994"
      })
  void theThreeFormsAreRead(String text) {
    assertEquals(THEN, HttpDate.parse(text, NOW));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sUN, 06 nOV 1994 08:49:37 gmt",
        "SUNDAY, 06-NOV-94 08:49:37 GMT",
        "sun nov  6 08:49:37 1994",
        "Mon, 06 Nov 1994 08:49:37 GMT"
      })
  void letterCaseAndTheDayOfTheWeekDoNotMatter(String text) {
    assertEquals(THEN, HttpDate.parse(text, NOW));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "-1",
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 06 Nov 1994 08:49:37 EST",
        "Sun, 06 Nov 1994 08:49:37 +0000",
        "Sun, 06 Nov 1994 08:49:37",
        "Sun 06 Nov 1994 08:49:37 GMT",
        "Sun, 06-Nov-1994 08:49:37 GMT",
        "Sunday, 06-Nov-1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08.49.37 GMT",
        "Sun, 06 Nov 1994 8:49:37 GMT",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun,  06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994  08:49:37 GMT",
        "Sun, 06 Nov 94 08:49:37 GMT",
        "Sun, 06 Now 1994 08:49:37 GMT",
        "Xxx, 06 Nov 1994 08:49:37 GMT",
        "Sun, 31 Nov 1994 08:49:37 GMT",
        "Sun, 00 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 08:60:00 GMT",
        "Sun, 06 Nov 1994 08:49:61 GMT",
        "Sun Nov 6 08:49:37 1994",
        "Sun Nov  6 08:49:37 1994 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMT ",
        " Sun, 06 Nov 1994 08:49:37 GMT",
        "1994-11-06T08:49:37Z",
        "Wednesday, 06-Nov-94 08:49:37 GMT and more"
      })
  void everythingElseIsNoDate(String text) {
    assertEquals(Optional.empty(), HttpDate.parse(text, NOW));
  }

  @Test
  void theLongestFormIsRead() {
    assertEquals(
        Optional.of(Instant.parse("1994-11-09T08:49:37Z")),
        HttpDate.parse("Wednesday, 09-Nov-94 08:49:37 GMT", NOW));
  }

  @Test
  void theEndsOfTheRangesAreRead() {
    assertEquals(
        Optional.of(Instant.parse("2024-02-29T23:59:59Z")),
        HttpDate.parse("Thu, 29 Feb 2024 23:59:59 GMT", NOW));
    assertEquals(
        Optional.of(Instant.parse("2017-01-01T00:00:00Z")),
        HttpDate.parse("Sat, 31 Dec 2016 23:59:60 GMT", NOW));
    assertEquals(
        Optional.of(Instant.parse("2016-01-01T00:00:00Z")),
        HttpDate.parse("Fri, 01 Jan 2016 00:00:00 GMT", NOW));
  }

  @Test
  void aTwoDigitYearMoreThanFiftyYearsAheadIsPast() {
    assertEquals(2076, year("76", NOW));
    assertEquals(1977, year("77", NOW));
    assertEquals(2026, year("26", NOW));
    assertEquals(2000, year("00", NOW));
  }

  @Test
  void aTwoDigitYearCrossesTheCenturyAheadToo() {
    var lateInTheCentury = Instant.parse("2090-01-01T00:00:00Z");
    assertEquals(2140, year("40", lateInTheCentury));
    assertEquals(2041, year("41", lateInTheCentury));
  }

  @Test
  void datesAreWrittenInTheFixedForm() {
    assertEquals("Sun, 06 Nov 1994 08:49:37 GMT", HttpDate.format(THEN.orElseThrow()));
    assertEquals("Sun, 01 Mar 2026 00:00:00 GMT", HttpDate.format(NOW.plusMillis(999)));
  }

  @Property
  void whatIsWrittenIsReadBack(@ForAll @LongRange(min = 0, max = 253402300799L) long second) {
    var instant = Instant.ofEpochSecond(second);
    assertEquals(Optional.of(instant), HttpDate.parse(HttpDate.format(instant), NOW));
  }

  private static int year(String digits, Instant now) {
    return HttpDate.parse("Monday, 01-Feb-" + digits + " 00:00:00 GMT", now)
        .orElseThrow()
        .atOffset(java.time.ZoneOffset.UTC)
        .getYear();
  }
}
