package io.ccrelay.proxy.api;

import static io.ccrelay.proxy.api.CachedApi.answer;
import static io.ccrelay.proxy.api.CachedApi.field;
import static io.ccrelay.proxy.api.CachedApi.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.Ask;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.RawClient;
import io.ccrelay.testing.Relays;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** APIs without a cache: routing by path, and everything passes as it is. */
class PassingTest {

  private final Vertx vertx = Vertx.vertx();
  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable one : opened.reversed()) {
      one.close();
    }
    vertx.close().await();
  }

  private CachedApi api(String settings) {
    var api = CachedApi.start(settings);
    opened.add(api);
    return api;
  }

  private FakeUpstream origin(String name) {
    var origin = FakeUpstream.start(vertx).always(answer(200, name));
    opened.add(origin);
    return origin;
  }

  private Ask relay(String apis) {
    var relay = Relays.start("server: {listen: '127.0.0.1:0'}\napis:\n" + apis);
    opened.add(relay);
    return new Ask(relay.origin());
  }

  @Test
  void theLongestPrefixOfWholeSegmentsServes() {
    var root = origin("root");
    var shop = origin("shop");
    var ask =
        relay(
            "  - {name: r, path: /, backend: '%s'}\n  - {name: s, path: /shop, backend: '%s'}\n"
                .formatted(root.origin(), shop.origin()));
    assertEquals("shop", ask.get("/shop").body());
    assertEquals("shop", ask.get("/shop/x?y").body());
    assertEquals("root", ask.get("/shopping").body());
    assertEquals("root", ask.get("/").body());
    assertEquals("/shop/x?y", shop.last().uri());
    assertTrue(ask.get("/health").body().contains("ok"));
  }

  @Test
  void theOwnPathOfABackendIsPutInFrontAndThePrefixRemovedIfWanted() {
    var origin = origin("x");
    var ask =
        relay(
            "  - {name: a, path: /api, strip_path: true, backend: '%s/base'}\n"
                .formatted(origin.origin()));
    ask.get("/api/thing?q=%41");
    assertEquals("/base/thing?q=%41", origin.last().uri());
    ask.get("/api?q");
    assertEquals("/base/?q", origin.last().uri());
  }

  @Test
  void theHostOfTheClientIsKeptIfWanted() {
    var api = api("preserve_host: true");
    api.get("/");
    assertEquals(
        "127.0.0.1:" + api.relay.port(), api.origin.last().fields().first("host").orElse(""));
    api.reload("preserve_host: false");
    api.get("/");
    assertEquals(
        api.origin.origin().substring(7), api.origin.last().fields().first("host").orElse(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PURGE", "M-SEARCH"})
  void anyMethodAndItsContentPass(String method) {
    var api = api("http_cache: off");
    api.origin.always(answer(299, "done", "X-A", "1", "X-A", "2", "Set-Cookie", "c=d"));
    var answer = api.ask(method, "/x", "X-Odd", "y");
    assertEquals(299, answer.statusCode());
    assertEquals("1|2", field(answer, "x-a"));
    assertEquals("1.1 cc-relay", field(answer, "via"));
    assertEquals("cc-relay; fwd=bypass", status(answer));
    assertEquals(method, api.origin.last().method());
    assertEquals(method.equals("GET") ? "" : "body", api.origin.last().text());
    assertEquals("y", api.origin.last().fields().first("x-odd").orElse(""));
    assertEquals("1.1 cc-relay", api.origin.last().fields().first("via").orElse(""));
  }

  @Test
  void methodsOutsideTheListAreRefused() {
    var api = api("methods: [GET, POST]");
    var refused = api.ask("DELETE", "/x");
    assertEquals(405, refused.statusCode());
    assertEquals("GET, POST", field(refused, "allow"));
    assertEquals(200, api.ask("HEAD", "/x").statusCode());
  }

  @Test
  void requestsGoRoundAndADeadBackendIsLeftOut() {
    var one = origin("one");
    var two = origin("two");
    var dead = origin("dead");
    var ask =
        relay(
            "  - {name: a, backend: ['%s', '%s', '%s']}\n"
                .formatted(one.origin(), two.origin(), dead.origin()));
    dead.close();
    for (int i = 0; i < 30; i++) {
      assertEquals(200, ask.get("/").statusCode());
    }
    assertTrue(one.calls() >= 10);
    assertTrue(two.calls() >= 10);
    assertEquals(30, one.calls() + two.calls());
  }

  @Test
  void aBackendThatFailsAgainAndAgainRestsAndIsAskedAgainLater() {
    var good = origin("good");
    var flapping = origin("back");
    flapping.always((seen, response) -> response.reset());
    var relay =
        Relays.start(
            "server: {listen: '127.0.0.1:0'}\napis: [{name: a, backend: ['%s', '%s']}]"
                .formatted(good.origin(), flapping.origin()));
    opened.add(relay);
    try (var client = new RawClient(relay.port())) {
      long failures = IntStream.range(0, 20).filter(i -> code(client) == 502).count();
      assertEquals(3, failures);
      flapping.always(answer(200, "back"));
      int before = flapping.calls();
      IntStream.range(0, 4).forEach(i -> assertEquals(200, code(client)));
      assertEquals(before, flapping.calls());
      relay.clock.advance(Duration.ofSeconds(11));
      IntStream.range(0, 4).forEach(i -> assertEquals(200, code(client)));
      assertEquals(before + 2, flapping.calls());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Over one connection, which one verticle serves: each judges backends for itself. */
  private static int code(RawClient client) {
    try {
      return client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").answer().orElseThrow().status();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theRelaysOwnSecretOpensItAndGoesNoFurther() {
    var origin = origin("x");
    var relay =
        Relays.start(
            """
            server: {listen: "127.0.0.1:0", auth: {api_key: "sesame"}}
            apis: [{name: a, backend: "%s", http_cache: on}]
            """
                .formatted(origin.origin()));
    opened.add(relay);
    var ask = new Ask(relay.origin());
    assertEquals(401, ask.get("/").statusCode());
    assertEquals(200, ask.get("/", "x-api-key", "sesame").statusCode());
    assertTrue(origin.last().fields().first("x-api-key").isEmpty());
  }
}
