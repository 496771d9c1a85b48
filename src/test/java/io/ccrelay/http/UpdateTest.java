package io.ccrelay.http;

import static io.ccrelay.testing.HttpMessages.OPTIONS;
import static io.ccrelay.testing.HttpMessages.THEN;
import static io.ccrelay.testing.HttpMessages.date;
import static io.ccrelay.testing.HttpMessages.get;
import static io.ccrelay.testing.HttpMessages.request;
import static io.ccrelay.testing.HttpMessages.stored;
import static io.ccrelay.testing.HttpMessages.storedFor;
import static io.ccrelay.testing.HttpMessages.variant;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** RFC 9111 sections 3.2, 4.3.4 and 4.3.5. */
class UpdateTest {

  private static final Instant LATER = THEN.plusSeconds(1000);
  private static final Variant A = variant("ETag", "\"a\"", "Date", date(-9));
  private static final Variant ALSO_A = variant("ETag", "\"a\"", "Date", date(-5));
  private static final Variant WEAK_A = variant("ETag", "W/\"a\"", "Date", date(-7));
  private static final Variant B = variant("ETag", "\"b\"", "Last-Modified", date(-99));
  private static final Variant BARE = variant();

  @Test
  void anEqualStrongTagConfirmsAllThatHaveIt() {
    assertEquals(List.of(A, ALSO_A), select(Fields.of("ETag", "\"a\""), A, B, WEAK_A, ALSO_A));
  }

  @Test
  void anUnknownStrongTagConfirmsNothing() {
    assertEquals(List.of(), select(Fields.of("ETag", "\"x\""), A, B, BARE));
    assertEquals(List.of(), select(Fields.of("ETag", "\"x\""), BARE));
  }

  @Test
  void aWeakTagConfirmsTheNewestMatch() {
    assertEquals(List.of(ALSO_A), select(Fields.of("ETag", "W/\"a\""), A, ALSO_A, WEAK_A, B));
    assertEquals(List.of(ALSO_A), select(Fields.of("ETag", "W/\"a\""), ALSO_A, A, WEAK_A, B));
    assertEquals(List.of(), select(Fields.of("ETag", "W/\"x\""), A, BARE));
  }

  @Test
  void lastModifiedAloneConfirmsTheNewestMatch() {
    assertEquals(List.of(B), select(Fields.of("Last-Modified", date(-99)), A, B));
    assertEquals(List.of(), select(Fields.of("Last-Modified", date(-98)), A, B));
  }

  @Test
  void withoutValidatorOnlyTheSingleBareResponseIsConfirmed() {
    assertEquals(List.of(BARE), select(Fields.none(), BARE));
    assertEquals(List.of(), select(Fields.none(), BARE, BARE));
    assertEquals(List.of(), select(Fields.none(), A));
    assertEquals(List.of(), select(Fields.none()));
  }

  @Test
  void everyFieldOfTheNotModifiedReplacesItsNamesakes() {
    var merged =
        merge(
            stored("A", "1", "a", "2", "B", "3", "ETag", "\"a\""),
            "a",
            "8",
            "A",
            "9",
            "C",
            "7",
            "Date",
            date(1000));
    assertEquals(
        Fields.of("B", "3", "ETag", "\"a\"", "a", "8", "A", "9", "C", "7", "Date", date(1000)),
        merged.fields());
  }

  @Test
  void fieldsOfTheContentAndOfTheConnectionAreNotTaken() {
    var merged =
        merge(
            stored("Content-Length", "100", "Content-Type", "text/plain"),
            "Content-Length",
            "0",
            "Content-Type",
            "text/html",
            "Content-Encoding",
            "gzip",
            "Content-Range",
            "bytes 0-1/2",
            "Connection",
            "X-Hop",
            "X-Hop",
            "1",
            "Proxy-Authenticate",
            "x",
            "Cache-Control",
            "private=\"Secret\"",
            "Secret",
            "s");
    assertEquals(Optional.of("100"), merged.fields().first("Content-Length"));
    assertEquals(Optional.of("text/plain"), merged.fields().first("Content-Type"));
    for (String name :
        List.of(
            "Content-Encoding",
            "Content-Range",
            "Connection",
            "X-Hop",
            "Proxy-Authenticate",
            "Secret")) {
      assertFalse(merged.fields().has(name), name);
    }
  }

  @Test
  void ageAndTimesBeginAnew() {
    var merged =
        merge(stored("Age", "500", "Cache-Control", "max-age=60", "Date", date(-500)).asSuspect());
    assertFalse(merged.fields().has("Age"));
    assertFalse(merged.suspect());
    var freshness = Freshness.of(merged, OPTIONS);
    assertEquals(Duration.ofSeconds(60), freshness.ttl(LATER));
    assertEquals(
        Duration.ofSeconds(55),
        Freshness.of(merge(stored(), "Cache-Control", "max-age=60", "Age", "5"), OPTIONS)
            .ttl(LATER));
    assertEquals(100, merged.length());
    assertEquals(200, merged.status());
  }

  @Test
  void aStalenessThatTheNotModifiedBringsCounts() {
    var merged = merge(stored("Cache-Control", "max-age=60"), "Cache-Control", "no-store");
    assertEquals(
        new StorePlan.Pass(StorePlan.Reason.NO_STORE), StorePlan.ofUpdated(merged, get(), OPTIONS));
  }

  @Test
  void theSelectingFieldsStayUnlessVaryChanges() {
    var stored = storedFor(Fields.of("Foo", "1"), 200, "Vary", "Foo");
    var request = get("Foo", "2", "Bar", "3");
    assertEquals(
        Fields.of("Foo", "1"), Update.merge(stored, exchange(request, 304), OPTIONS).selecting());
    assertEquals(
        Fields.of("Foo", "1"),
        Update.merge(stored, exchange(request, 304, "Vary", "foo"), OPTIONS).selecting());
    assertEquals(
        Fields.of("Foo", "2", "Bar", "3"),
        Update.merge(stored, exchange(request, 304, "Vary", "Foo, Bar"), OPTIONS).selecting());
  }

  @Test
  void aHeadThatAgreesUpdates() {
    var updated =
        head(
            stored("ETag", "\"a\"", "Last-Modified", date(-9), "X", "1"),
            "ETag",
            "\"a\"",
            "Last-Modified",
            date(-9),
            "Content-Length",
            "100",
            "X",
            "2");
    assertFalse(updated.suspect());
    assertEquals(Optional.of("2"), updated.fields().first("X"));
    assertEquals(LATER, updated.responseTime());
  }

  @Test
  void aHeadThatSaysNothingOfTheContentAgrees() {
    assertFalse(head(stored("ETag", "\"a\""), "X", "2").suspect());
  }

  @Test
  void aHeadThatDisagreesMakesTheResponseSuspect() {
    var response = stored("ETag", "\"a\"", "Last-Modified", date(-9), "X", "1");
    assertTrue(head(response, "ETag", "\"b\"").suspect());
    assertTrue(head(response, "Last-Modified", date(-8)).suspect());
    assertTrue(head(response, "Content-Length", "99", "X", "2").suspect());
    assertTrue(head(stored(), "ETag", "\"a\"").suspect());
    assertEquals(response.fields(), head(response, "Content-Length", "99", "X", "2").fields());
  }

  @Test
  void theLengthOfAPartIsThatOfTheWhole() {
    var response = stored();
    var part =
        new StoredResponse(
            206,
            response.fields(),
            Fields.none(),
            THEN,
            THEN,
            10,
            Optional.of(new ContentRange(0, 9, 100)),
            false);
    assertFalse(head(part, "Content-Length", "100").suspect());
    assertTrue(head(part, "Content-Length", "10").suspect());
  }

  private static StoredResponse head(StoredResponse response, String... fields) {
    return Update.head(response, exchange(request("HEAD"), 200, fields), OPTIONS);
  }

  private static StoredResponse merge(StoredResponse response, String... fields) {
    return Update.merge(response, exchange(get(), 304, fields), OPTIONS);
  }

  private static Exchange exchange(CacheRequest request, int status, String... fields) {
    return new Exchange(request, status, Fields.of(fields), LATER, LATER);
  }

  private static List<Variant> select(Fields notModified, Variant... stored) {
    return Update.select(List.of(stored), notModified);
  }
}
