package io.ccrelay.proxy.api;

import static io.ccrelay.proxy.api.CachedApi.answer;
import static io.ccrelay.proxy.api.CachedApi.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.RawClient;
import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients and origins do that they should not. */
class AdversityTest {

  private final CachedApi api = CachedApi.start();

  @AfterEach
  void stop() {
    api.close();
  }

  private RawClient.Answer raw(String target) throws IOException {
    try (var client = new RawClient(api.relay.port())) {
      return client
          .send("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + api.relay.port() + "\r\n\r\n")
          .answer()
          .orElseThrow();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/me/x.css",
        "/me;x.js",
        "/me%2fx.css",
        "/me/%2e%2e/x.css",
        "/me/../x.css",
        "//x.css",
        "/./x.css",
        "/me%00.css",
        "/me\\x.css",
        "/ME",
        "/me%3fx.css",
        "/me#x.css"
      })
  void aSpellingNeverMakesAPrivateAnswerCacheable(String target) throws IOException {
    api.answers("mine", "Cache-Control", "private");
    raw(target);
    var second = raw(target);
    assertFalse(second.fields().getOrDefault("cache-status", "").contains("hit"));
    assertTrue(second.status() == 400 || second.body().equals("mine"));
  }

  @Test
  void whatOneSpellingStoredNoOtherResourceGets() throws IOException {
    api.origin.always(
        (seen, response) -> response.putHeader("cache-control", "max-age=60").end(seen.uri()));
    for (String target : new String[] {"/a%2Fb", "/a/b", "/A/b", "/a/b?", "/a%3Fb", "/a?b"}) {
      var first = raw(target);
      var again = raw(target);
      assertEquals(first.body(), again.body());
      assertTrue(
          first.status() == 400
              || api.origin.seen().stream().anyMatch(it -> it.uri().equals(first.body())));
    }
  }

  @Test
  void aVaryBombIsOneVariantAtMost() {
    var names = new StringBuilder("X-0");
    for (int i = 1; i < 500; i++) {
      names.append(", X-").append(i);
    }
    api.answers("x", "Cache-Control", "max-age=60", "Vary", names.toString());
    for (int i = 0; i < 100; i++) {
      api.get("/a", "X-" + i, "v" + ThreadLocalRandom.current().nextInt());
    }
    assertTrue(status(api.get("/a")).startsWith("cc-relay; fwd=vary-miss"));
    assertTrue(io.ccrelay.testing.Waiting.on(api.relay.store.stats()).keyCount() <= 110);
  }

  @Test
  void anOriginThatDoesNotAnswerInTimeIsCoveredOrATimeout() {
    api.reload("http_cache: on, timeouts: {first_byte: 200ms}");
    api.answers("one", "Cache-Control", "max-age=10");
    api.get("/a");
    api.wait(11);
    var gate = FakeUpstream.gate();
    api.origin.always(FakeUpstream.hang(gate));
    assertEquals("one", api.get("/a").body());
    assertEquals(504, api.get("/b").statusCode());
    gate.cut();
  }

  @Test
  void anAnswerThatAsksToWaitIsPassedOn() {
    api.origin.always(answer(429, "slow down", "Retry-After", "7"));
    var refused = api.get("/a");
    assertEquals(429, refused.statusCode());
    assertEquals("7", refused.headers().firstValue("retry-after").orElse(""));
    api.get("/a");
    assertEquals(2, api.calls());
  }

  @Test
  void aPostThatSaysWhatItRepresentsIsStoredForGet() {
    api.answers("new", "Cache-Control", "max-age=60", "Content-Location", "/a");
    assertEquals("cc-relay; fwd=method; stored", status(api.ask("POST", "/a")));
    io.ccrelay.testing.Waiting.until(
        () -> api.get("/a", "Cache-Control", "only-if-cached").statusCode() == 200, "the entry");
    assertEquals("new", api.get("/a").body());
    assertEquals(1, api.calls());
  }
}
