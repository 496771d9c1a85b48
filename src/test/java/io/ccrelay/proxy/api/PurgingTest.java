package io.ccrelay.proxy.api;

import static io.ccrelay.proxy.api.CachedApi.status;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.cache.PurgeReport;
import io.ccrelay.cache.PurgeSelector;
import io.ccrelay.cache.PurgeSelector.Kind;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.FakeUpstream;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Purges of stored HTTP responses, which heed each variant. */
class PurgingTest {

  private static final String MISS = "cc-relay; fwd=uri-miss; stored";

  private final CachedApi api = CachedApi.start();

  @AfterEach
  void stop() {
    api.close();
  }

  private PurgeReport purge(Kind kind, String value) {
    var report = Await.result(api.relay.purger.purge(new PurgeSelector(kind, value)));
    api.wait(1);
    return report;
  }

  @ParameterizedTest
  @CsvSource({
    "TAG, red, 1",
    "TAG, blue, 1",
    "TAG, green, 1",
    "PREFIX, /orders/, 1",
    "PREFIX, /orders/7, 1",
    "ALL, '', 2",
    "TAG, bluegreen, 0",
    "PREFIX, /orders/8, 0"
  })
  void responsesArePurgedByTheOriginsTagsAndByTheirPath(Kind kind, String value, int gone) {
    api.answers(
        "a", "Cache-Control", "max-age=600", "Surrogate-Key", "red blue", "Cache-Tag", "x, green");
    api.get("/orders/7?x=y");
    api.answers("b", "Cache-Control", "max-age=600");
    api.get("/other");
    api.wait(1);

    assertEquals(gone, purge(kind, value).matched());
    assertEquals(gone > 0, status(api.get("/orders/7?x=y")).equals(MISS));
    assertEquals(gone > 1, status(api.get("/other")).equals(MISS));
    api.wait(1);
    assertEquals("cc-relay; hit; ttl=599", status(api.get("/other")).replaceAll("59\\d", "599"));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, VariantStore.INLINE_BYTES + 1})
  void oneVariantGoesAndTheOtherStays(int size) {
    api.answers(
        "e".repeat(size),
        "Cache-Control",
        "max-age=600",
        "Vary",
        "Accept-Language",
        "Cache-Tag",
        "english");
    api.get("/a", "Accept-Language", "en");
    api.wait(1);
    purgeLater("german", size);

    purge(Kind.TAG, "english");

    assertEquals("cc-relay; fwd=vary-miss; stored", status(api.get("/a", "Accept-Language", "en")));
  }

  private void purgeLater(String tag, int size) {
    api.answers(
        "g".repeat(size),
        "Cache-Control",
        "max-age=600",
        "Vary",
        "Accept-Language",
        "Cache-Tag",
        tag);
    api.get("/a", "Accept-Language", "de");
    api.wait(1);
  }

  @Test
  void aVariantAskedForAfterThePurgeOutlivesIt() {
    api.answers("old", "Cache-Control", "max-age=600", "Vary", "Accept", "Cache-Tag", "t");
    api.get("/a", "Accept", "text/a");
    api.wait(1);
    purge(Kind.TAG, "t");
    api.answers("new", "Cache-Control", "max-age=600", "Vary", "Accept", "Cache-Tag", "t");
    api.get("/a", "Accept", "text/b");
    api.wait(1);
    assertEquals("new", api.get("/a", "Accept", "text/b").body());
    assertEquals("cc-relay; hit; ttl=599", status(api.get("/a", "Accept", "text/b")));
    assertEquals("cc-relay; fwd=vary-miss; stored", status(api.get("/a", "Accept", "text/a")));
  }

  @Test
  void aResponseUnderWayDuringThePurgeIsNotStored() {
    var gate = FakeUpstream.gate();
    api.origin.next((seen, response) -> {
      response.putHeader("Cache-Control", "max-age=600").putHeader("Cache-Tag", "t");
      FakeUpstream.gated(gate, "text/plain").give(seen, response);
    });
    var before = api.later("/a");
    gate.await(1);
    api.relay.clock.advance(Duration.ofSeconds(1));
    purge(Kind.TAG, "t");
    gate.write("old");
    gate.end();
    assertEquals("old", before.join().body());
    api.relay.awaitIdle();

    api.answers("new", "Cache-Control", "max-age=600");
    assertEquals("new", api.get("/a").body());
  }

  @Test
  void aPurgedResponseIsNotFreshenedByALateConfirmation() {
    api.answers("old", "Cache-Control", "max-age=1", "ETag", "\"1\"", "Cache-Tag", "t");
    api.get("/a");
    api.wait(5);
    var gate = FakeUpstream.gate();
    api.origin.next((seen, response) -> {
      response.setStatusCode(304).putHeader("ETag", "\"1\"");
      response.putHeader("Cache-Control", "max-age=600");
      FakeUpstream.hang(gate).give(seen, response);
    });
    var before = api.later("/a");
    gate.await(1);
    purge(Kind.TAG, "t");
    gate.end();
    before.join();
    api.relay.awaitIdle();

    api.answers("new", "Cache-Control", "max-age=600");
    assertEquals("new", api.get("/a").body());
  }
}
