package io.ccrelay.proxy.api;

import static io.ccrelay.proxy.api.CachedApi.answer;
import static io.ccrelay.proxy.api.CachedApi.field;
import static io.ccrelay.proxy.api.CachedApi.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9111 section 4.2.4 and RFC 5861: stale responses. */
class StaleTest {

  private final CachedApi api = CachedApi.start();

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void aStaleResponseIsSentAtOnceAndValidatedBehind() {
    api.answers("one", "Cache-Control", "max-age=10, stale-while-revalidate=30", "ETag", "\"1\"");
    api.get("/a");
    api.wait(15);
    api.answers("two", "Cache-Control", "max-age=10, stale-while-revalidate=30", "ETag", "\"2\"");
    var stale = api.get("/a");
    assertEquals("one", stale.body());
    assertEquals("cc-relay; hit; ttl=-5", status(stale));
    assertEquals("15", field(stale, "age"));
    Waiting.until(
        () -> api.calls() == 2 && api.relay.flights.size() == 0, "the end of the validation");
    assertEquals("two", api.get("/a").body());
    assertEquals(2, api.calls());
  }

  @Test
  void theWindowIsMeasuredFromExpiry() {
    api.answers("one", "Cache-Control", "max-age=10, stale-while-revalidate=30");
    api.get("/a");
    api.wait(41);
    assertTrue(status(api.get("/a")).startsWith("cc-relay; fwd=stale"));
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void anErrorOfTheOriginIsCoveredByAStaleResponse(int code) {
    api.answers("one", "Cache-Control", "max-age=10, stale-if-error=60");
    api.get("/a");
    api.wait(11);
    api.origin.always(answer(code, "bad"));
    var covered = api.get("/a");
    assertEquals(200, covered.statusCode());
    assertEquals("one", covered.body());
    assertEquals("cc-relay; fwd=stale; fwd-status=" + code + "; ttl=-1", status(covered));
  }

  @Test
  void withoutPermissionTheErrorIsPassedOn() {
    api.answers("one", "Cache-Control", "max-age=10");
    api.get("/a");
    api.wait(11);
    api.origin.always(answer(503, "bad"));
    assertEquals(503, api.get("/a").statusCode());
  }

  @Test
  void aLostConnectionIsCoveredByAStaleResponse() {
    api.answers("one", "Cache-Control", "max-age=10");
    api.get("/a");
    api.wait(11);
    api.origin.always((seen, response) -> response.reset());
    var covered = api.get("/a");
    assertEquals("one", covered.body());
    assertTrue(status(covered).startsWith("cc-relay; fwd=stale; ttl=-1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"must-revalidate", "proxy-revalidate", "s-maxage=10"})
  void whereStaleUseIsForbiddenALostConnectionIsAProperError(String directive) {
    api.answers("one", "Cache-Control", "max-age=10, " + directive);
    api.get("/a");
    api.wait(11);
    api.origin.close();
    var error = api.get("/a");
    assertEquals(504, error.statusCode());
    assertEquals("", status(error));
  }

  @Test
  void anUnreachableOriginWithNothingStoredIsABadGateway() {
    api.origin.close();
    assertEquals(502, api.get("/a").statusCode());
    assertEquals("application/problem+json", field(api.get("/a"), "content-type"));
  }

  @Test
  void hitsAreUnaffectedByADeadOrigin() {
    api.answers("one", "Cache-Control", "max-age=10");
    api.get("/a");
    api.origin.close();
    assertEquals("cc-relay; hit; ttl=10", status(api.get("/a")));
  }

  @Test
  void manyStaleHitsValidateOnce() {
    api.answers("one", "Cache-Control", "max-age=10, stale-while-revalidate=30", "ETag", "\"1\"");
    api.get("/a");
    api.wait(15);
    var gate = FakeUpstream.gate();
    api.origin.always(FakeUpstream.hang(gate));
    for (int i = 0; i < 10; i++) {
      assertEquals("one", api.later("/a").join().body());
    }
    gate.await(1);
    assertEquals(2, api.calls());
    api.answers("two", "Cache-Control", "max-age=10");
    gate.cut();
    Waiting.until(() -> api.relay.flights.size() == 0, "the end of the validation");
  }

  @Test
  void aValidationBehindAsksForWhatIsStored() {
    String swr = "max-age=10, stale-while-revalidate=30";
    api.answers("one", "Cache-Control", swr, "ETag", "\"1\"", "Vary", "X-V");
    api.get("/a", "X-V", "1");
    api.wait(15);
    api.ask("HEAD", "/a", "X-V", "1", "X-Other", "2");
    Waiting.until(
        () -> api.calls() == 2 && api.relay.flights.size() == 0, "the end of the validation");
    var asked = api.origin.last();
    assertEquals("GET", asked.method());
    assertEquals("\"1\"", asked.fields().first("if-none-match").orElse(""));
    assertEquals("1", asked.fields().first("x-v").orElse(""));
  }

  @Test
  void whatAValidationBehindForbidsIsNotSentStaleAgain() {
    String swr = "max-age=10, stale-while-revalidate=30";
    api.answers("one", "Cache-Control", swr);
    api.get("/a");
    api.wait(15);
    api.answers("two", "Cache-Control", "no-store");
    assertEquals("one", api.get("/a").body());
    Waiting.until(
        () -> api.calls() == 2 && api.relay.flights.size() == 0, "the end of the validation");
    assertEquals("two", api.get("/a").body());
    assertEquals(3, api.calls());
  }
}
