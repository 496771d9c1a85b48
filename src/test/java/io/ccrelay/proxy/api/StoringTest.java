package io.ccrelay.proxy.api;

import static io.ccrelay.proxy.api.CachedApi.answer;
import static io.ccrelay.proxy.api.CachedApi.field;
import static io.ccrelay.proxy.api.CachedApi.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9111 sections 3 and 4: what is stored, and how a stored response answers. */
class StoringTest {

  private final CachedApi api = CachedApi.start();

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void aFreshResponseAnswersTheNextRequest() {
    api.answers("hello", "Cache-Control", "max-age=60", "X-Thing", "a", "X-Thing", "b");
    assertEquals("cc-relay; fwd=uri-miss; stored", status(api.get("/a?b=1")));
    api.wait(7);
    var hit = api.get("/a?b=1");
    assertEquals("hello", hit.body());
    assertEquals("cc-relay; hit; ttl=53", status(hit));
    assertEquals("7", field(hit, "age"));
    assertEquals("a|b", field(hit, "x-thing"));
    assertEquals("5", field(hit, "content-length"));
    assertEquals(1, api.calls());
  }

  @Test
  void anotherQueryIsAnotherTarget() {
    api.answers("hello", "Cache-Control", "max-age=60");
    api.get("/a?b=1");
    assertEquals("cc-relay; fwd=uri-miss; stored", status(api.get("/a?b=2")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no-store",
        "private",
        "max-age=60, no-store",
        "private, max-age=60",
        "private=\"\""
      })
  void whatMayNotBeStoredIsNot(String directives) {
    api.answers("x", "Cache-Control", directives);
    api.get("/a");
    api.get("/a");
    assertEquals(2, api.calls());
  }

  @ParameterizedTest
  @CsvSource({"200", "203", "299", "301", "404", "410", "418", "500", "503", "599"})
  void anyFinalStatusIsStoredWhenFreshnessIsExplicit(int code) {
    api.origin.always(answer(code, "x", "Cache-Control", "max-age=60"));
    api.get("/a");
    var hit = api.get("/a");
    assertEquals(code, hit.statusCode());
    assertEquals(1, api.calls());
  }

  @Test
  void aRequestWithCredentialsStoresOnlyWhatIsPublic() {
    api.answers("x", "Cache-Control", "max-age=60");
    api.get("/a", "Authorization", "Basic abc");
    assertEquals("cc-relay; fwd=uri-miss; stored", status(api.get("/a")));
    api.answers("y", "Cache-Control", "max-age=60, public");
    api.get("/b", "Authorization", "Basic abc");
    assertEquals("cc-relay; hit; ttl=60", status(api.get("/b")));
  }

  @Test
  void fieldsOfTheConnectionAreNotStored() {
    api.answers("x", "Cache-Control", "max-age=60", "Connection", "x-hop", "X-Hop", "secret");
    api.get("/a");
    var hit = api.get("/a");
    assertFalse(hit.headers().map().containsKey("x-hop"));
    assertTrue(status(hit).contains("hit"));
  }

  @Test
  void dateIsKeptOnAHitAndAddedWhereItWasMissing() {
    api.answers("x", "Cache-Control", "max-age=60", "Date", "Thu, 01 Jan 2026 00:00:00 GMT");
    api.get("/a");
    api.wait(3);
    assertEquals("Thu, 01 Jan 2026 00:00:00 GMT", field(api.get("/a"), "date"));
    api.answers("x", "Cache-Control", "max-age=60");
    assertEquals("Thu, 01 Jan 2026 00:00:03 GMT", field(api.get("/b"), "date"));
  }

  @Test
  void contentTooLargeToKeepBesideItsHeadIsStoredToo() {
    String large = "0123456789".repeat(50_000);
    api.answers(large, "Cache-Control", "max-age=60");
    api.get("/a");
    assertEquals(large, api.get("/a").body());
    assertEquals(1, api.calls());
  }

  @Test
  void anAnswerAboveTheLargestEntryStreamsThrough() {
    api.reload("http_cache: {max_entry_bytes: 1000}");
    String large = "0123456789".repeat(101);
    api.origin.always((seen, response) ->
        response.putHeader("cache-control", "max-age=60").setChunked(true).end(large));
    assertEquals(large, api.get("/a").body());
    assertEquals(large, api.get("/a").body());
    assertEquals(2, api.calls());
  }

  @Test
  void ageOfTheOriginCountsAndIsReplaced() {
    api.answers("x", "Cache-Control", "max-age=60", "Age", "20");
    assertEquals("20", field(api.get("/a"), "age"));
    api.wait(5);
    var hit = api.get("/a");
    assertEquals("25", field(hit, "age"));
    assertEquals("cc-relay; hit; ttl=35", status(hit));
  }

  @Test
  void aTargetedFieldOverridesCacheControl() {
    api.answers("x", "Cache-Control", "no-store", "CDN-Cache-Control", "max-age=60");
    api.get("/a");
    assertEquals("cc-relay; hit; ttl=60", status(api.get("/a")));
  }

  @Test
  void theOperatorMayGrantFreshnessTheOriginDoesNotState() {
    api.reload("http_cache: {default_ttl: 30s}");
    api.answers("silent");
    api.get("/a");
    assertEquals("cc-relay; hit; ttl=30", status(api.get("/a")));
    api.wait(31);
    assertEquals("cc-relay; fwd=stale; stored", status(api.get("/a")));
    api.answers("private", "Cache-Control", "private");
    api.get("/b");
    assertEquals("cc-relay; fwd=uri-miss; detail=private", status(api.get("/b")));
  }

  @Test
  void onlyIfCachedIsAnsweredByTheStoreOrNot() {
    api.answers("x", "Cache-Control", "max-age=60");
    assertEquals(504, api.get("/a", "Cache-Control", "only-if-cached").statusCode());
    assertEquals(0, api.calls());
    api.get("/a");
    assertEquals(200, api.get("/a", "Cache-Control", "only-if-cached").statusCode());
  }
}
