package io.ccrelay.http;

import static io.ccrelay.testing.HttpMessages.OPTIONS;
import static io.ccrelay.testing.HttpMessages.THEN;
import static io.ccrelay.testing.HttpMessages.date;
import static io.ccrelay.testing.HttpMessages.stored;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.http.Freshness.Basis;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9111 sections 4.2, 4.2.1, 4.2.2 and 5.3. */
class FreshnessTest {

  @Test
  void sharedMaxAgeComesFirst() {
    check(5, Basis.S_MAXAGE, "Cache-Control", "max-age=9, s-maxage=5", "Expires", date(99));
  }

  @Test
  void maxAgeComesBeforeExpires() {
    check(9, Basis.MAX_AGE, "Cache-Control", "max-age=9", "Expires", date(99));
    check(9, Basis.MAX_AGE, "Cache-Control", "max-age=9", "Expires", "0");
  }

  @Test
  void expiresCountsFromTheDateOfTheOrigin() {
    check(70, Basis.EXPIRES, "Date", date(-10), "Expires", date(60));
    check(20, Basis.EXPIRES, "Date", date(40), "Expires", date(60));
  }

  @Test
  void expiresCountsFromReceiptWithoutValidDate() {
    check(60, Basis.EXPIRES, "Date", "yesterday", "Expires", date(60));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "", "Sun, 01 Mar 2027 12:00:00 UTC", "tomorrow"})
  void anInvalidExpiresIsAlreadyExpired(String expires) {
    check(0, Basis.EXPIRES, "Expires", expires, "Last-Modified", date(-1000));
  }

  @Test
  void aPastExpiresIsALifetimeOfZero() {
    check(0, Basis.EXPIRES, "Expires", date(-60));
  }

  @Test
  void differingExpiresLinesMeanStale() {
    check(0, Basis.EXPIRES, "Expires", date(60), "Expires", date(61));
    check(60, Basis.EXPIRES, "Expires", date(60), "Expires", date(60));
  }

  @Test
  void anInvalidMaxAgeIsStaleAndNoHeuristic() {
    check(0, Basis.MAX_AGE, "Cache-Control", "max-age=1h", "Last-Modified", date(-1000));
  }

  @Test
  void aTargetedFieldReplacesCacheControlAndExpires() {
    check(
        7,
        Basis.MAX_AGE,
        "CDN-Cache-Control",
        "max-age=7",
        "Cache-Control",
        "no-store, s-maxage=1",
        "Expires",
        date(99));
    var freshness = freshness("CDN-Cache-Control", "must-revalidate", "Expires", date(99));
    assertEquals(Basis.NONE, freshness.basis());
    assertTrue(freshness.targeted());
    assertFalse(
        freshness("CDN-Cache-Control", "max-age=7", "Cache-Control", "no-store")
            .directives()
            .noStore());
  }

  @Test
  void aMalformedTargetedFieldIsAsIfAbsent() {
    check(1, Basis.MAX_AGE, "CDN-Cache-Control", "max-age = 7", "Cache-Control", "max-age=1");
    assertFalse(freshness("CDN-Cache-Control", "", "Cache-Control", "max-age=1").targeted());
  }

  @Test
  void explicitBeatsHeuristic() {
    check(0, Basis.MAX_AGE, "Cache-Control", "max-age=0", "Last-Modified", date(-1000));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501})
  void heuristicFreshnessIsATenthOfTheTimeSinceModification(int status) {
    var freshness = Freshness.of(stored(status, "Last-Modified", date(-1000)), OPTIONS);
    assertEquals(Duration.ofSeconds(100), freshness.lifetime());
    assertEquals(Basis.HEURISTIC, freshness.basis());
    assertFalse(freshness.isExplicit());
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 202, 302, 303, 307, 403, 500, 502, 503, 504, 299, 599})
  void otherStatusesAreNeverHeuristicallyFresh(int status) {
    assertEquals(
        Basis.NONE, Freshness.of(stored(status, "Last-Modified", date(-1000)), OPTIONS).basis());
  }

  @Test
  void publicAllowsTheHeuristicForAnyStatus() {
    var response = stored(299, "Last-Modified", date(-1000), "Cache-Control", "public");
    assertEquals(Basis.HEURISTIC, Freshness.of(response, OPTIONS).basis());
  }

  @Test
  void heuristicFreshnessIsCapped() {
    check(86_400, Basis.HEURISTIC, "Last-Modified", date(-100L * 86_400));
    check(86_400, Basis.HEURISTIC, "Last-Modified", date(-10L * 86_400));
  }

  @Test
  void theOperatorMayGrantFreshnessWhereTheResponseSaysNothing() {
    var granting = granting(Duration.ofSeconds(30));
    var silent = Freshness.of(stored("ETag", "\"a\""), granting);
    assertEquals(Duration.ofSeconds(30), silent.lifetime());
    assertEquals(Basis.GRANTED, silent.basis());
    assertFalse(silent.isExplicit());
    assertEquals(Basis.NONE, Freshness.of(stored(500), granting).basis());
    var dated = Freshness.of(stored("Last-Modified", date(-1000)), granting);
    assertEquals(Basis.HEURISTIC, dated.basis());
    var explicit = Freshness.of(stored("Cache-Control", "max-age=0"), granting);
    assertEquals(Basis.MAX_AGE, explicit.basis());
  }

  private static HttpCacheOptions granting(Duration ttl) {
    return new HttpCacheOptions(
        List.of(),
        true,
        Duration.ofDays(1),
        ttl,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        true,
        Set.of(),
        1,
        1);
  }

  @Test
  void withoutLastModifiedInThePastThereIsNoHeuristic() {
    check(0, Basis.NONE, "ETag", "\"a\"");
    check(0, Basis.NONE, "Last-Modified", date(5));
    check(0, Basis.NONE, "Last-Modified", "long ago");
  }

  @Test
  void theHeuristicCanBeSwitchedOff() {
    var options =
        new HttpCacheOptions(
            List.of(),
            false,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            true,
            Set.of(),
            1,
            1);
    assertEquals(Basis.NONE, Freshness.of(stored("Last-Modified", date(-1000)), options).basis());
  }

  @Test
  void freshMeansLifetimeStrictlyAboveAge() {
    var freshness = freshness("Cache-Control", "max-age=10");
    assertTrue(freshness.isFresh(THEN));
    assertTrue(freshness.isFresh(THEN.plusMillis(9999)));
    assertFalse(freshness.isFresh(THEN.plusSeconds(10)));
    assertEquals(Duration.ofSeconds(-5), freshness.ttl(THEN.plusSeconds(15)));
    assertTrue(freshness.isExplicit());
  }

  @Test
  void theAgeOnArrivalUsesUpTheLifetime() {
    var freshness = freshness("Cache-Control", "max-age=10", "Age", "4");
    assertEquals(Duration.ofSeconds(5), freshness.ttl(THEN.plusSeconds(1)));
  }

  private static void check(long seconds, Basis basis, String... fields) {
    var freshness = freshness(fields);
    assertEquals(Duration.ofSeconds(seconds), freshness.lifetime());
    assertEquals(basis, freshness.basis());
  }

  private static Freshness freshness(String... fields) {
    return Freshness.of(stored(fields), OPTIONS);
  }
}
