package io.ccrelay.proxy.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.Ask;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.Relays;
import io.ccrelay.testing.Waiting;
import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** RFC 9111 sections 4.2.3 and 4.4 where several relays share one store. */
class SeveralProcessesTest {

  private final Vertx vertx = Vertx.vertx();
  private final FakeUpstream origin = FakeUpstream.start(vertx);
  private final Relays one = Relays.start(setup());
  private final Relays other = Relays.start(setup().around(_ -> one.store));

  private Relays.Setup setup() {
    return Relays.Setup.of(
        """
        server: {listen: "127.0.0.1:0"}
        apis: [{name: web, backend: "%s", http_cache: on}]
        """
            .formatted(origin.origin()));
  }

  @AfterEach
  void stop() {
    other.close();
    one.close();
    origin.close();
    vertx.close().await();
  }

  private static HttpResponse<String> get(Relays relay, String path) {
    var answer = new Ask(relay.origin()).get(path);
    Waiting.until(() -> relay.flights.size() == 0, "the end of the flight");
    return answer;
  }

  private void passes(int seconds) {
    one.clock.advance(Duration.ofSeconds(seconds));
    other.clock.advance(Duration.ofSeconds(seconds));
  }

  @Test
  void theTimesOfAResponseAreTheSameForAll() {
    origin.always(
        CachedApi.answer(200, "x", "Cache-Control", "max-age=60", "Age", "5", "X-A", "1"));
    get(one, "/a");
    passes(20);
    var hit = get(other, "/a");
    assertEquals("25", CachedApi.field(hit, "age"));
    assertEquals("cc-relay; hit; ttl=35", CachedApi.status(hit));
    assertEquals("1", CachedApi.field(hit, "x-a"));
    passes(35);
    assertTrue(CachedApi.status(get(other, "/a")).startsWith("cc-relay; fwd=stale"));
    assertEquals(2, origin.calls());
  }

  @Test
  void whatOneInvalidatesIsGoneForAll() {
    origin.always(CachedApi.answer(200, "x", "Cache-Control", "max-age=60"));
    get(one, "/a");
    assertEquals("cc-relay; hit; ttl=60", CachedApi.status(get(other, "/a")));
    passes(1);
    assertEquals(200, new Ask(other.origin()).post("/a", "new").statusCode());
    passes(1);
    assertTrue(CachedApi.status(get(one, "/a")).startsWith("cc-relay; fwd=uri-miss"));
    assertEquals(3, origin.calls());
  }

  @Test
  void aGetInFlightAtOneIsNotStoredAfterAnInvalidationByAnother() {
    var gate = FakeUpstream.gate();
    origin.next((seen, response) -> {
      response.putHeader("cache-control", "max-age=60").putHeader("content-length", "3");
      response.writeHead();
      FakeUpstream.hang(gate).give(seen, response);
    });
    var slow = CompletableFuture.supplyAsync(() -> new Ask(one.origin()).get("/a").body());
    gate.await(1);
    passes(1);
    origin.next(CachedApi.answer(204, ""));
    assertEquals(204, new Ask(other.origin()).post("/a", "new").statusCode());
    gate.write("old");
    gate.end();
    assertEquals("old", slow.join());
    Waiting.until(() -> one.flights.size() == 0, "the end of the flight");
    origin.always(CachedApi.answer(200, "new", "Cache-Control", "max-age=60"));
    passes(1);
    assertEquals("new", get(one, "/a").body());
  }
}
