package io.ccrelay.proxy.api;

import static io.ccrelay.proxy.api.CachedApi.answer;
import static io.ccrelay.proxy.api.CachedApi.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.Await;
import io.ccrelay.testing.FakeUpstream;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What clients and origins do that they should not. */
class AdversityTest {

  private final CachedApi api = CachedApi.start();

  @AfterEach
  void stop() {
    api.close();
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
    assertTrue(Await.result(api.relay.store.stats()).keyCount() <= 110);
  }

  @Test
  void anOriginThatDoesNotAnswerInTimeIsCoveredOrATimeout() {
    api.answers("one", "Cache-Control", "max-age=10");
    api.get("/a");
    api.reload("http_cache: on, timeouts: {first_byte: 200ms}");
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
