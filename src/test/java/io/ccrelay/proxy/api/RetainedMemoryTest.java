package io.ccrelay.proxy.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.Await;
import io.ccrelay.testing.RawServer;
import io.ccrelay.testing.Relays;
import io.ccrelay.testing.Waiting;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What clients can make the cache of an API hold: the store has its bound, and what is kept beside
 * it, parsed, must not grow past one of its own.
 */
@DisplayName("A25: retained memory stays within bounds")
class RetainedMemoryTest {

  private static final int STORE = 2 << 20;
  private static final int BESIDE = 12 << 20;
  private static final int VARIANTS = 25;
  private static final int AT_ONCE = 10;
  private static final String FRESH = "HTTP/1.1 200 OK\r\nCache-Control: max-age=600\r\n";

  private final RawServer origin = RawServer.following((exchange, count) -> exchange.ok("x"));
  private final Relays relay =
      Relays.start(
          """
          server: {listen: "127.0.0.1:0"}
          cache: {ristretto: {max_cost: %d}}
          apis:
            - {name: web, path: /, http_cache: on, backend: '%s'}
          """
              .formatted(STORE, origin.origin()));

  @AfterEach
  void stop() {
    relay.close();
    origin.close();
  }

  /** Each request is its own variant, by a field as long as a client may send. */
  @Test
  void ofVariantsByLongFields() {
    origin.follow(
        (exchange, count) -> exchange.write(FRESH + "Vary: X-Bomb\r\nContent-Length: 1\r\n\r\nx"));
    String bomb = "b".repeat(25_000);
    assertBounded(20 * VARIANTS, i -> get("/" + i / VARIANTS, "X-Bomb", i + bomb));
  }

  /** Each answer names hundreds of fields that select. */
  @Test
  void ofVariantsByManyFields() {
    var names = new StringBuilder("Vary: X-Bomb");
    for (int i = 0; i < 500; i++) {
      names.append(", X-Selecting-").append(i);
    }
    origin.follow(
        (exchange, count) -> exchange.write(FRESH + names + "\r\nContent-Length: 1\r\n\r\nx"));
    assertBounded(12 * VARIANTS, i -> get("/" + i / VARIANTS, "X-Bomb", "" + i));
  }

  /** Each answer has a head as long as an origin may send. */
  @Test
  void ofTargetsWithLongHeads() {
    String head = FRESH + "X-Long: " + "h".repeat(28_000) + "\r\nContent-Length: 4000\r\n\r\n";
    origin.follow((exchange, count) -> exchange.write(head + "c".repeat(4000)));
    assertBounded(300, i -> get("/" + i, "X-A", "a"));
  }

  private HttpRequest get(String target, String name, String value) {
    return HttpRequest.newBuilder(URI.create(relay.origin() + target)).header(name, value).build();
  }

  /** By the store's own account, and by what the heap has kept when everything is over. */
  private void assertBounded(int requests, IntFunction<HttpRequest> request) {
    try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      long before = liveBytes();
      for (int i = 0; i < requests; i += AT_ONCE) {
        IntStream.range(i, i + AT_ONCE)
            .mapToObj(each -> client.sendAsync(request.apply(each), BodyHandlers.discarding()))
            .toList()
            .forEach(each -> assertEquals(200, each.join().statusCode()));
      }
      Waiting.until(() -> relay.flights.size() == 0, "the end of all flights");
      assertEquals(requests, origin.requests());
      long stored = Await.result(relay.store.stats()).bytesUsed();
      assertTrue(stored > STORE / 4 && stored <= STORE, "bytes in the store: " + stored);
      long grown = liveBytes() - before;
      assertTrue(grown <= STORE + BESIDE, "bytes on the heap: " + grown);
    }
  }

  private static long liveBytes() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
