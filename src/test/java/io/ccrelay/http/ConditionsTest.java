package io.ccrelay.http;

import static io.ccrelay.testing.HttpMessages.DATE;
import static io.ccrelay.testing.HttpMessages.date;
import static io.ccrelay.testing.HttpMessages.get;
import static io.ccrelay.testing.HttpMessages.stored;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 sections 13 and 15.4.5, RFC 9111 section 4.3.2. */
class ConditionsTest {

  @ParameterizedTest
  @ValueSource(strings = {"\"a\"", "W/\"a\"", "\"x\", \"a\"", "*", "junk, \"a\""})
  void ifNoneMatchComparesWeakly(String condition) {
    assertTrue(notModified(stored("ETag", "\"a\""), "If-None-Match", condition));
    assertTrue(notModified(stored("ETag", "W/\"a\""), "If-None-Match", condition));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"b\"", "a", "\"A\"", ""})
  void otherTagsDoNotMatch(String condition) {
    assertFalse(notModified(stored("ETag", "\"a\""), "If-None-Match", condition));
  }

  @Test
  void withoutATagOnlyAStarMatches() {
    assertFalse(notModified(stored(), "If-None-Match", "\"a\""));
    assertTrue(notModified(stored(), "If-None-Match", "*"));
  }

  @Test
  void ifNoneMatchMayTakeSeveralLines() {
    assertTrue(
        notModified(stored("ETag", "\"a\""), "If-None-Match", "\"x\"", "If-None-Match", "\"a\""));
  }

  @Test
  void ifModifiedSinceIsIgnoredBesideIfNoneMatch() {
    var response = stored("ETag", "\"a\"", "Last-Modified", date(-60));
    assertFalse(notModified(response, "If-None-Match", "\"b\"", "If-Modified-Since", DATE));
    assertTrue(notModified(response, "If-None-Match", "\"a\"", "If-Modified-Since", date(-99)));
  }

  @Test
  void ifModifiedSinceComparesWithLastModified() {
    var response = stored("Last-Modified", date(-60));
    assertTrue(notModified(response, "If-Modified-Since", date(-60)));
    assertTrue(notModified(response, "If-Modified-Since", date(-59)));
    assertFalse(notModified(response, "If-Modified-Since", date(-61)));
  }

  @Test
  void ifModifiedSinceComparesWithDateElse() {
    var response = stored("Date", date(-10));
    assertTrue(notModified(response, "If-Modified-Since", date(-10)));
    assertFalse(notModified(response, "If-Modified-Since", date(-11)));
  }

  @Test
  void ifModifiedSinceComparesWithTheReceiptElse() {
    var response = stored("Date", "never");
    assertTrue(notModified(response, "If-Modified-Since", DATE));
    assertFalse(notModified(response, "If-Modified-Since", date(-1)));
  }

  @Test
  void anInvalidDateIsIgnored() {
    var response = stored("Last-Modified", date(-60));
    assertFalse(notModified(response, "If-Modified-Since", "2026-03-01"));
    assertFalse(notModified(response, "If-Modified-Since", DATE, "If-Modified-Since", DATE));
    assertFalse(notModified(response));
  }

  @Test
  void onlySuccessfulRetrievalsBecomeNotModified() {
    var request = get("If-None-Match", "\"a\"");
    assertTrue(Conditions.isNotModified(request, stored(206, "ETag", "\"a\"")));
    assertFalse(Conditions.isNotModified(request, stored(404, "ETag", "\"a\"")));
    assertFalse(Conditions.isNotModified(request, stored(201, "ETag", "\"a\"")));
  }

  @Test
  void aNotModifiedCarriesWhatTheFullResponseWould() {
    var full =
        Fields.of(
            "ETag",
            "\"a\"",
            "Date",
            DATE,
            "Cache-Control",
            "max-age=1",
            "Expires",
            DATE,
            "Vary",
            "a",
            "Content-Location",
            "/x",
            "Age",
            "3",
            "CDN-Cache-Control",
            "max-age=2",
            "Cache-Status",
            "c; hit");
    assertEquals(
        full,
        Conditions.notModified(
            full.plus("Content-Type", "text/plain")
                .plus("Content-Length", "9")
                .plus("Set-Cookie", "a=b")
                .plus("Last-Modified", DATE)));
  }

  @Test
  void lastModifiedStandsInForATag() {
    var fields = Fields.of("Last-Modified", DATE);
    assertEquals(fields, Conditions.notModified(fields.plus("Content-Type", "text/plain")));
  }

  @Test
  void ifRangeHoldsOnlyByStrongComparison() {
    assertTrue(rangeApplies("\"a\"", stored("ETag", "\"a\"")));
    assertFalse(rangeApplies("\"b\"", stored("ETag", "\"a\"")));
    assertFalse(rangeApplies("W/\"a\"", stored("ETag", "\"a\"")));
    assertFalse(rangeApplies("\"a\"", stored("ETag", "W/\"a\"")));
    assertFalse(rangeApplies("\"a\"", stored()));
    assertTrue(Conditions.rangeApplies(get(), stored()));
  }

  @Test
  void ifRangeWithADateNeedsTheVeryDateAndThatStrong() {
    assertTrue(rangeApplies(date(-60), stored("Last-Modified", date(-60))));
    assertFalse(rangeApplies(date(-59), stored("Last-Modified", date(-60))));
    assertFalse(rangeApplies(date(-61), stored("Last-Modified", date(-60))));
    assertTrue(rangeApplies(date(-1), stored("Last-Modified", date(-1))));
    assertFalse(rangeApplies(DATE, stored("Last-Modified", DATE)));
    assertFalse(rangeApplies("nonsense", stored("Last-Modified", "nonsense")));
    assertFalse(rangeApplies(date(-60), stored("Last-Modified", date(-60), "Date", "nonsense")));
  }

  private static boolean rangeApplies(String condition, StoredResponse response) {
    return Conditions.rangeApplies(get("If-Range", condition), response);
  }

  private static boolean notModified(StoredResponse response, String... fields) {
    return Conditions.isNotModified(get(fields), response);
  }
}
