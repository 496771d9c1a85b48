package io.ccrelay.proxy.api;

import static io.ccrelay.proxy.api.CachedApi.answer;
import static io.ccrelay.proxy.api.CachedApi.field;
import static io.ccrelay.proxy.api.CachedApi.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** RFC 9111 section 4.3 and RFC 9110 section 13: conditions on either side of the cache. */
class ValidationTest {

  private final CachedApi api = CachedApi.start();

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void aStaleResponseIsValidatedWithItsTagAndFreshened() {
    api.answers("one", "Cache-Control", "max-age=10", "ETag", "\"1\"", "X-Old", "a");
    api.get("/a");
    api.wait(11);
    api.origin.next(answer(304, "", "ETag", "\"1\"", "Cache-Control", "max-age=20", "X-New", "b"));
    var validated = api.get("/a");
    assertEquals("\"1\"", api.origin.last().fields().first("if-none-match").orElse(""));
    assertEquals(200, validated.statusCode());
    assertEquals("one", validated.body());
    assertEquals("a", field(validated, "x-old"));
    assertEquals("b", field(validated, "x-new"));
    assertEquals("cc-relay; fwd=stale; fwd-status=304; ttl=20; stored", status(validated));
    var hit = api.get("/a");
    assertEquals("cc-relay; hit; ttl=20", status(hit));
    assertEquals("b", field(hit, "x-new"));
    assertEquals(2, api.calls());
  }

  @Test
  void largeContentSurvivesAValidation() {
    String large = "0123456789".repeat(1_000);
    api.answers(large, "Cache-Control", "max-age=10", "ETag", "\"1\"");
    api.get("/a");
    api.wait(11);
    api.origin.next(answer(304, "", "ETag", "\"1\""));
    assertEquals(large, api.get("/a").body());
    assertEquals(large, api.get("/a").body());
    assertEquals(2, api.calls());
  }

  @Test
  void aChangedResponseReplacesTheStaleOne() {
    api.answers("one", "Cache-Control", "max-age=10", "ETag", "\"1\"");
    api.get("/a");
    api.wait(11);
    api.answers("two", "Cache-Control", "max-age=10", "ETag", "\"2\"");
    assertEquals("cc-relay; fwd=stale; stored", status(api.get("/a")));
    assertEquals("two", api.get("/a").body());
    assertEquals(2, api.calls());
  }

  @Test
  void lastModifiedIsSentVerbatim() {
    api.answers(
        "one", "Cache-Control", "max-age=1", "Last-Modified", "Wed, 31 Dec 2025 00:00:00 GMT");
    api.get("/a");
    api.wait(2);
    api.get("/a");
    assertEquals(
        "Wed, 31 Dec 2025 00:00:00 GMT",
        api.origin.last().fields().first("if-modified-since").orElse(""));
  }

  @Test
  void noCacheIsValidatedEachTime() {
    api.answers("one", "Cache-Control", "no-cache", "ETag", "\"1\"");
    api.get("/a");
    api.origin.always(answer(304, "", "ETag", "\"1\""));
    assertEquals("one", api.get("/a").body());
    assertEquals("one", api.get("/a").body());
    assertEquals(3, api.calls());
  }

  @Test
  void aClientThatHasItGets304FromTheStore() {
    api.answers("one", "Cache-Control", "max-age=60", "ETag", "W/\"1\"", "X-Thing", "a");
    api.get("/a");
    var answer = api.get("/a", "If-None-Match", "\"0\", \"1\"");
    assertEquals(304, answer.statusCode());
    assertEquals("cc-relay; hit; ttl=60", status(answer));
    assertEquals("W/\"1\"", field(answer, "etag"));
    assertEquals("0", field(answer, "age"));
    assertEquals(1, api.calls());
  }

  @Test
  void aClientsConditionOnNothingStoredGoesToTheOriginUntouched() {
    api.origin.always(answer(304, "", "ETag", "\"7\""));
    var answer = api.get("/a", "If-None-Match", "\"7\"");
    assertEquals(304, answer.statusCode());
    assertEquals("\"7\"", api.origin.last().fields().first("if-none-match").orElse(""));
    api.answers("one", "Cache-Control", "max-age=60");
    assertEquals("one", api.get("/a").body());
  }

  @Test
  void a304ThatConfirmsNothingHereIsAskedAgainWithoutConditions() {
    api.answers("one", "Cache-Control", "max-age=10", "ETag", "\"1\"");
    api.get("/a");
    api.wait(11);
    api.origin.next(answer(304, "", "ETag", "\"other\""));
    api.answers("two", "Cache-Control", "max-age=10", "ETag", "\"2\"");
    assertEquals("two", api.get("/a").body());
    assertTrue(api.origin.last().fields().first("if-none-match").isEmpty());
  }

  @Test
  void aTagOfTheClientIsJoinedWithOursAndOursGivesAFullAnswer() {
    api.answers("one", "Cache-Control", "max-age=10", "ETag", "\"1\"");
    api.get("/a");
    api.wait(11);
    api.origin.next(answer(304, "", "ETag", "\"1\""));
    var answer = api.get("/a", "If-None-Match", "\"mine\"");
    assertEquals("\"mine\", \"1\"", api.origin.last().fields().first("if-none-match").orElse(""));
    assertEquals(200, answer.statusCode());
    assertEquals("one", answer.body());
  }

  @Test
  void ifMatchIsForTheOrigin() {
    api.answers("one", "Cache-Control", "max-age=60", "ETag", "\"1\"");
    api.get("/a");
    api.get("/a", "If-Match", "\"1\"");
    assertEquals(2, api.calls());
    assertEquals("\"1\"", api.origin.last().fields().first("if-match").orElse(""));
  }

  @Test
  void aReloadForcesValidation() {
    api.answers("one", "Cache-Control", "max-age=60", "ETag", "\"1\"");
    api.get("/a");
    api.origin.next(answer(304, "", "ETag", "\"1\""));
    assertEquals(
        "cc-relay; fwd=request; fwd-status=304; ttl=60; stored",
        status(api.get("/a", "Cache-Control", "no-cache")));
  }

  @Test
  void aHeadIsAnsweredByAStoredGet() {
    api.answers("hello", "Cache-Control", "max-age=60");
    api.get("/a");
    var head = api.ask("HEAD", "/a");
    assertEquals("5", field(head, "content-length"));
    assertEquals("", head.body());
    assertEquals(1, api.calls());
  }

  @Test
  void aHeadStoresNothingButFreshensAStoredGetThatAgrees() {
    api.answers("hello", "Cache-Control", "max-age=10", "ETag", "\"1\"");
    api.ask("HEAD", "/a");
    api.get("/a");
    assertEquals(2, api.calls());
    api.wait(11);
    api.origin.next((seen, response) ->
        response
            .putHeader("etag", "\"1\"")
            .putHeader("content-length", "5")
            .putHeader("cache-control", "max-age=100")
            .end());
    api.ask("HEAD", "/a");
    io.ccrelay.testing.Waiting.until(
        () -> status(api.get("/a", "Cache-Control", "only-if-cached")).contains("ttl=100"),
        "a freshened response");
    assertEquals(3, api.calls());
  }

  @Test
  void aConditionOfTheClientIsJudgedByTheFreshenedResponse() {
    api.answers("one", "Cache-Control", "max-age=10", "ETag", "\"1\"", "X-Thing", "old");
    api.get("/a");
    api.wait(11);
    api.origin.next(answer(304, "", "ETag", "\"1\"", "Cache-Control", "max-age=20"));
    var answer = api.get("/a", "If-None-Match", "\"1\"");
    assertEquals(304, answer.statusCode());
    assertEquals("max-age=20", field(answer, "cache-control"));
    assertEquals("cc-relay; hit; ttl=20", status(api.get("/a")));
  }

  @Test
  void theTimeTheOriginTookCountsAsAge() {
    api.origin.next((seen, response) -> {
      api.wait(10);
      response.putHeader("cache-control", "max-age=60").end("one");
    });
    api.get("/a");
    var hit = api.get("/a");
    assertEquals("10", field(hit, "age"));
    assertEquals("cc-relay; hit; ttl=50", status(hit));
  }

  @Test
  void aValidatedResponseBeginsItsAgeAnew() {
    api.answers("one", "Cache-Control", "max-age=10", "ETag", "\"1\"", "Age", "5");
    api.get("/a");
    api.wait(11);
    api.origin.next(answer(304, "", "ETag", "\"1\""));
    assertEquals("0", field(api.get("/a"), "age"));
    api.wait(3);
    assertEquals("3", field(api.get("/a"), "age"));
  }
}
