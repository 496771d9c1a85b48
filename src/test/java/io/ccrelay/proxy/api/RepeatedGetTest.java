package io.ccrelay.proxy.api;

import static io.ccrelay.proxy.api.CachedApi.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.PurgeSelector;
import io.ccrelay.testing.RawClient;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same GET, sent again and again: what it gets is what it would get if it were read. */
class RepeatedGetTest {

  private static final String REQUEST =
      "GET /page HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\n\r\n";

  private final CachedApi api = CachedApi.start();
  private RawClient client;

  @BeforeEach
  void connect() throws IOException {
    client = new RawClient(api.relay.port());
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    api.close();
  }

  private RawClient.Answer get() throws IOException {
    return client.send(REQUEST).answer().orElseThrow();
  }

  private void getMany(String expected) throws IOException {
    for (int i = 0; i < 6; i++) {
      assertEquals(expected, get().body());
    }
  }

  private double repeated() {
    return api.relay.meters.registry().get("cc.relay.requests.repeated").functionCounter().count();
  }

  @Test
  void hitsAreRepeatedWithAllTheirFields() throws IOException {
    api.answers("one", "Cache-Control", "max-age=60", "ETag", "\"1\"", "X-Own", "kept");
    api.get("/page");
    api.wait(7);
    var read = get();
    getMany("one");
    assertTrue(repeated() > 0);
    assertEquals(read, get());
    assertEquals("7", get().fields().get("age"));
    assertEquals("cc-relay; hit; ttl=53", get().fields().get("cache-status"));
    assertEquals(1, api.calls());
  }

  @Test
  void anUnsafeRequestEndsIt() throws IOException {
    api.answers("one", "Cache-Control", "max-age=60");
    getMany("one");
    assertTrue(repeated() > 0);
    api.origin.always(answer(200, "changed"));
    api.ask("POST", "/page");
    api.answers("two", "Cache-Control", "max-age=60");
    assertEquals("two", get().body());
  }

  @Test
  void aPurgeEndsIt() throws IOException {
    api.answers("one", "Cache-Control", "max-age=60");
    getMany("one");
    api.answers("two", "Cache-Control", "max-age=60");
    api.relay.purger.purge(PurgeSelector.EVERYTHING).await();
    getMany("two");
    assertTrue(repeated() > 0);
  }

  @Test
  void theEndOfFreshnessEndsIt() throws IOException {
    api.answers("one", "Cache-Control", "max-age=10");
    getMany("one");
    api.answers("two", "Cache-Control", "max-age=10");
    api.wait(10);
    getMany("two");
  }

  @Test
  void aStaleAnswerIsReadEachTime() throws IOException {
    api.answers("one", "Cache-Control", "max-age=10, stale-while-revalidate=60");
    api.get("/page");
    api.wait(11);
    api.origin.always((seen, response) -> response.reset());
    getMany("one");
    assertEquals(0, repeated());
  }

  /** The relay's own {@code X-Forwarded-For} can select a variant, and two callers differ in it. */
  @Test
  void anAnswerThatDependsOnTheCallerIsForThatCaller() throws IOException {
    api.origin.always((seen, response) ->
        response
            .putHeader("Cache-Control", "max-age=60")
            .putHeader("Vary", "X-Forwarded-For")
            .end(seen.fields().first("x-forwarded-for").orElse("")));
    getMany("127.0.0.1");
    assertTrue(repeated() > 0);
    try (var other =
        new RawClient(
            new java.net.Socket(
                java.net.InetAddress.getLoopbackAddress(),
                api.relay.port(),
                java.net.InetAddress.getByName("127.0.0.2"),
                0))) {
      assertEquals("127.0.0.2", other.send(REQUEST).answer().orElseThrow().body());
    }
  }
}
