package io.ccrelay.http;

import static io.ccrelay.testing.HttpMessages.DATE;
import static io.ccrelay.testing.HttpMessages.OPTIONS;
import static io.ccrelay.testing.HttpMessages.THEN;
import static io.ccrelay.testing.HttpMessages.date;
import static io.ccrelay.testing.HttpMessages.exchange;
import static io.ccrelay.testing.HttpMessages.get;
import static io.ccrelay.testing.HttpMessages.request;
import static io.ccrelay.testing.HttpMessages.stored;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.http.StorePlan.Keep;
import io.ccrelay.http.StorePlan.Pass;
import io.ccrelay.http.StorePlan.Reason;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9111 sections 3 to 3.5, 5.2.2 and 7.3. */
class StorePlanTest {

  private static final String FRESH = "max-age=60";

  @Test
  void aGetWithExplicitFreshnessIsStored() {
    var kept = keep(get(), 200, "Cache-Control", FRESH);
    assertEquals(200, kept.status());
    assertEquals(StoredResponse.UNKNOWN, kept.length());
    assertEquals(THEN, kept.requestTime());
    assertEquals(THEN, kept.responseTime());
    assertFalse(kept.suspect());
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 204, 299, 302, 307, 399, 403, 404, 499, 500, 503, 599, 600})
  void anyFinalStatusIsStoredWhenFreshnessIsExplicit(int status) {
    assertEquals(status, keep(get(), status, "Cache-Control", FRESH).status());
    assertEquals(status, keep(get(), status, "Expires", date(60)).status());
    assertEquals(status, keep(get(), status, "Cache-Control", "s-maxage=1").status());
    assertEquals(status, keep(get(), status, "CDN-Cache-Control", FRESH).status());
  }

  @Test
  void withoutFreshnessOnlyHeuristicStatusesAreStored() {
    assertEquals(200, keep(get(), 200, "ETag", "\"a\"").status());
    assertEquals(410, keep(get(), 410, "Last-Modified", date(-9)).status());
    assertEquals(Reason.NO_FRESHNESS, pass(get(), 403, "ETag", "\"a\""));
    assertEquals(Reason.NO_FRESHNESS, pass(get(), 299, "Last-Modified", date(-9)));
    assertEquals(403, keep(get(), 403, "ETag", "\"a\"", "Cache-Control", "public").status());
    assertEquals(
        403, keep(get(), 403, "ETag", "\"a\"", "CDN-Cache-Control", "must-revalidate").status());
  }

  @Test
  void whatCouldNeverBeUsedAgainIsNotStored() {
    assertEquals(Reason.NO_VALIDATOR, pass(get(), 200));
    assertEquals(Reason.NO_VALIDATOR, pass(get(), 200, "Cache-Control", "no-cache, max-age=9"));
    assertEquals(
        Reason.NO_VALIDATOR, pass(get(), 200, "Cache-Control", "max-age=0, must-revalidate"));
    assertEquals(
        Reason.NO_VALIDATOR,
        pass(get(), 200, "Cache-Control", "max-age=9, must-revalidate", "Age", "9"));
    assertEquals(200, keep(get(), 200, "Cache-Control", "max-age=0").status());
    assertEquals(
        200, keep(get(), 200, "Cache-Control", "max-age=9, must-revalidate", "Age", "8").status());
    assertEquals(
        200, keep(get(), 200, "Cache-Control", "no-cache", "Last-Modified", DATE).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "FOO", "get"})
  void otherMethodsAreNotStored(String method) {
    assertEquals(Reason.METHOD, pass(request(method), 200, "Cache-Control", FRESH));
  }

  @Test
  void aPostIsStoredOnlyForWhatItSaysItRepresents() {
    var post = request("POST");
    assertEquals(
        200, keep(post, 200, "Cache-Control", FRESH, "Content-Location", "/a/b?c=d").status());
    assertEquals(
        Reason.METHOD, pass(post, 200, "Cache-Control", FRESH, "Content-Location", "/other"));
    assertEquals(Reason.METHOD, pass(post, 200, "Cache-Control", FRESH));
    assertEquals(
        Reason.METHOD, pass(post, 404, "Cache-Control", FRESH, "Content-Location", "/a/b?c=d"));
    assertEquals(Reason.METHOD, pass(post, 200, "ETag", "\"a\"", "Content-Location", "/a/b?c=d"));
    assertEquals(
        Reason.PARTIAL, pass(post, 206, "Cache-Control", FRESH, "Content-Range", "bytes 0-9/100"));
  }

  @Test
  void interimAndNotModifiedResponsesAreNoEntries() {
    assertEquals(Reason.INTERIM, pass(get(), 103, "Cache-Control", FRESH));
    assertEquals(Reason.INTERIM, pass(get(), 199, "Cache-Control", FRESH));
    assertEquals(Reason.NOT_MODIFIED, pass(get(), 304, "Cache-Control", FRESH));
  }

  @Test
  void noStoreInEitherMessageForbids() {
    assertEquals(Reason.NO_STORE, pass(get(), 200, "Cache-Control", "max-age=60, NO-STORE"));
    assertEquals(
        Reason.REQUEST_NO_STORE,
        pass(get("Cache-Control", "no-store"), 200, "Cache-Control", FRESH));
  }

  @Test
  void aTargetedFieldOverrulesNoStoreAndTheReverse() {
    assertEquals(
        200, keep(get(), 200, "Cache-Control", "no-store", "CDN-Cache-Control", FRESH).status());
    assertEquals(
        Reason.NO_STORE, pass(get(), 200, "Cache-Control", FRESH, "CDN-Cache-Control", "no-store"));
    assertEquals(
        Reason.PRIVATE,
        pass(get(), 200, "Cache-Control", FRESH, "CDN-Cache-Control", "max-age=60, private"));
  }

  @Test
  void mustUnderstandStoresKnownStatusesDespiteNoStore() {
    String directives = "max-age=60, must-understand, no-store";
    assertEquals(200, keep(get(), 200, "Cache-Control", directives).status());
    assertEquals(Reason.NOT_UNDERSTOOD, pass(get(), 299, "Cache-Control", directives));
    assertEquals(
        Reason.NOT_UNDERSTOOD, pass(get(), 418, "Cache-Control", "max-age=60, must-understand"));
  }

  @Test
  void anUnqualifiedPrivateForbids() {
    assertEquals(Reason.PRIVATE, pass(get(), 200, "Cache-Control", "private, max-age=60"));
    assertEquals(
        Reason.PRIVATE, pass(get(), 200, "Cache-Control", "public, max-age=60, private=\"\""));
  }

  @Test
  void fieldsOfAQualifiedPrivateAreLeftOut() {
    var kept =
        keep(
            get(),
            200,
            "Cache-Control",
            "max-age=60, private=\"X-User, set-cookie\"",
            "x-user",
            "u",
            "Set-Cookie",
            "a=b",
            "X-Other",
            "o");
    assertFalse(kept.fields().has("X-User"));
    assertFalse(kept.fields().has("Set-Cookie"));
    assertTrue(kept.fields().has("X-Other"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Authorization", "x-api-key", "API-Key"})
  void answersToCredentialsNeedPermission(String field) {
    var request = get(field, "secret");
    assertEquals(Reason.CREDENTIALS, pass(request, 200, "Cache-Control", FRESH));
    assertEquals(200, keep(request, 200, "Cache-Control", "public, max-age=60").status());
    assertEquals(200, keep(request, 200, "Cache-Control", "s-maxage=60").status());
    assertEquals(200, keep(request, 200, "Cache-Control", "max-age=60, must-revalidate").status());
    assertEquals(
        Reason.CREDENTIALS,
        pass(request, 200, "Cache-Control", "public", "CDN-Cache-Control", FRESH));
  }

  @Test
  void credentialsMayBeElsewhereThanInFields() {
    assertEquals(Reason.CREDENTIALS, pass(get().withCredentials(), 200, "Cache-Control", FRESH));
  }

  @Test
  void varyOnEverythingIsNotStored() {
    assertEquals(
        Reason.VARY_ANY, pass(get(), 200, "Cache-Control", FRESH, "Vary", "a", "Vary", "b, *"));
  }

  @Test
  void setCookieDoesNotForbidUnlessTheOperatorSaysSo() {
    String[] fields = {"Cache-Control", FRESH, "Set-Cookie", "a=b"};
    assertTrue(keep(get(), 200, fields).fields().has("Set-Cookie"));
    var strict =
        new HttpCacheOptions(
            List.of(),
            true,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            false,
            Set.of(),
            1,
            1);
    assertEquals(new Pass(Reason.SET_COOKIE), StorePlan.of(exchange(get(), 200, fields), strict));
    assertInstanceOf(
        Keep.class, StorePlan.of(exchange(get(), 200, "Cache-Control", FRESH), strict));
  }

  @Test
  void fieldsOfTheConnectionAndOfProxiesAreLeftOut() {
    var kept =
        keep(
            get(),
            200,
            "Connection",
            "X-Hop",
            "X-Hop",
            "1",
            "Proxy-Authenticate",
            "Basic",
            "Proxy-Authentication-Info",
            "x",
            "Proxy-Authorization",
            "y",
            "Cache-Control",
            FRESH,
            "Content-Range",
            "bytes 0-1/2",
            "X-Unknown",
            "1",
            "X-Unknown",
            "2",
            "Date",
            DATE);
    assertEquals(
        Fields.of(
            "Cache-Control",
            FRESH,
            "Content-Range",
            "bytes 0-1/2",
            "X-Unknown",
            "1",
            "X-Unknown",
            "2",
            "Date",
            DATE),
        kept.fields());
    assertEquals(Optional.empty(), kept.part());
  }

  @Test
  void directivesOfAFieldThatConnectionNamesDoNotCount() {
    assertEquals(
        Reason.NO_VALIDATOR,
        pass(get(), 200, "Connection", "Cache-Control", "Cache-Control", FRESH));
  }

  @Test
  void dateIsAddedAtReceiptOnlyIfAbsent() {
    assertEquals(List.of(DATE), keep(get(), 200, "Cache-Control", FRESH).fields().all("Date"));
    assertEquals(
        List.of(date(-9)),
        keep(get(), 200, "Cache-Control", FRESH, "Date", date(-9)).fields().all("Date"));
  }

  @Test
  void theSelectingFieldsOfTheRequestAreKept() {
    assertEquals(
        Fields.of("Foo", "1"),
        keep(get("Foo", "1", "Bar", "2"), 200, "Cache-Control", FRESH, "Vary", "foo").selecting());
  }

  @Test
  void aPartIsStoredOnlyWithAValidContentRange() {
    var kept = keep(get(), 206, "Cache-Control", FRESH, "Content-Range", "bytes 0-9/100");
    assertEquals(Optional.of(new ContentRange(0, 9, 100)), kept.part());
    assertEquals(Reason.PARTIAL, pass(get(), 206, "Cache-Control", FRESH));
    for (String range :
        List.of("bytes 9-0/100", "bytes 0-9/9", "bytes 0-9/*", "bytes */9", "x 0-9/100")) {
      assertEquals(
          Reason.PARTIAL, pass(get(), 206, "Cache-Control", FRESH, "Content-Range", range));
    }
  }

  @Test
  void answersToAConditionOrRangeOfThisRequestAreNotStored() {
    assertEquals(Reason.CONDITIONAL, pass(get("Range", "bytes=9-"), 416, "Cache-Control", FRESH));
    assertEquals(Reason.CONDITIONAL, pass(get("If-Match", "\"a\""), 412, "Cache-Control", FRESH));
    assertEquals(
        Reason.CONDITIONAL, pass(get("If-None-Match", "\"a\""), 412, "Cache-Control", FRESH));
    assertEquals(412, keep(get(), 412, "Cache-Control", FRESH).status());
    assertEquals(416, keep(get(), 416, "Cache-Control", FRESH).status());
  }

  @Test
  void contentIsCompleteOnlyAtTheLengthAnnounced() {
    var announced = stored("Content-Length", "100");
    assertTrue(announced.isComplete());
    assertFalse(announced.withLength(99).isComplete());
    assertFalse(announced.withLength(StoredResponse.UNKNOWN).isComplete());
    assertTrue(stored().withLength(0).isComplete());
    assertFalse(stored().withLength(StoredResponse.UNKNOWN).isComplete());
    assertFalse(stored("Content-Length", "100", "Content-Length", "99").isComplete());
    var part = keep(get(), 206, "Cache-Control", FRESH, "Content-Range", "bytes 0-9/100");
    assertTrue(part.withLength(10).isComplete());
    assertFalse(part.withLength(11).isComplete());
  }

  @Test
  void aFieldOfQualifiedNoCacheIsLeftOutUnlessValidated() {
    var variant =
        Variant.of(
            stored("Cache-Control", "max-age=60, no-cache=\"Foo\"", "Foo", "1", "Bar", "2"),
            OPTIONS);
    assertFalse(variant.replay(THEN, false).has("Foo"));
    assertTrue(variant.replay(THEN, false).has("Bar"));
    assertTrue(variant.replay(THEN, true).has("Foo"));
  }

  @Test
  void anUpdatedResponseIsJudgedAgain() {
    assertEquals(
        new Pass(Reason.NO_STORE),
        StorePlan.ofUpdated(stored("Cache-Control", "no-store"), get(), OPTIONS));
    assertInstanceOf(
        Keep.class, StorePlan.ofUpdated(stored("Cache-Control", FRESH), get(), OPTIONS));
  }

  @Test
  void everyReasonHasATokenOfItsOwn() {
    var tokens = new HashSet<String>();
    for (Reason reason : Reason.values()) {
      assertTrue(ListMembers.isToken(reason.token()));
      tokens.add(reason.token());
    }
    assertEquals(Reason.values().length, tokens.size());
  }

  private static StoredResponse keep(CacheRequest request, int status, String... fields) {
    var plan = StorePlan.of(exchange(request, status, fields), OPTIONS);
    return assertInstanceOf(Keep.class, plan).variant().response();
  }

  private static Reason pass(CacheRequest request, int status, String... fields) {
    var plan = StorePlan.of(exchange(request, status, fields), OPTIONS);
    return assertInstanceOf(Pass.class, plan).reason();
  }
}
