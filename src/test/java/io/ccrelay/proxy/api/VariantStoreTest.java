package io.ccrelay.proxy.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Cache;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Lookup;
import io.ccrelay.cache.Stats;
import io.ccrelay.http.CacheRequest;
import io.ccrelay.http.Fields;
import io.ccrelay.http.HttpCacheOptions;
import io.ccrelay.http.HttpKey;
import io.ccrelay.http.StoredResponse;
import io.ccrelay.http.Variant;
import io.ccrelay.proxy.ApiOptions.Caching;
import io.ccrelay.testing.FakeClock;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VariantStoreTest {

  private static final Key KEY = Key.ofDigest(new byte[32]);
  private static final Target TARGET =
      new Target(
          "web",
          CacheRequest.of(
              "GET", HttpKey.of("http", "a", "/"), Fields.none(), HttpCacheOptions.DEFAULTS),
          KEY);

  private final FakeClock clock = new FakeClock();
  private final SharedMap cache = new SharedMap();
  private final VariantStore here = store();
  private final VariantStore elsewhere = store();

  /** What two processes share; something may happen right behind a write. */
  private static final class SharedMap implements Cache {
    private final Map<Key, Entry> entries = new HashMap<>();
    private Runnable behindNextWrite = () -> {};

    @Override
    public Future<Lookup> lookup(Key key) {
      Entry entry = entries.get(key);
      return Future.succeededFuture(entry == null ? Lookup.MISS : new Lookup.Hit(entry));
    }

    @Override
    public Future<Boolean> keep(Key key, Entry entry) {
      entries.put(key, entry);
      if (key.equals(KEY)) {
        Runnable behind = behindNextWrite;
        behindNextWrite = () -> {};
        behind.run();
      }
      return Future.succeededFuture(true);
    }

    @Override
    public Future<Boolean> remove(Key key) {
      entries.remove(key);
      return Future.succeededFuture(true);
    }

    @Override
    public Future<Stats> stats() {
      return Future.succeededFuture(Stats.ZERO);
    }

    @Override
    public Future<Boolean> ping() {
      return Future.succeededFuture(true);
    }
  }

  private VariantStore store() {
    return new VariantStore("web", cache, new Turns(), Runnable::run, clock, Caching.DEFAULTS);
  }

  private Variant variant(String selected, String... more) {
    Fields fields =
        Fields.of(more)
            .plus("Cache-Control", "max-age=60")
            .plus("Vary", "X")
            .plus("Date", "Thu, 01 Jan 2026 00:00:00 GMT");
    return Variant.of(
        new StoredResponse(
            200,
            fields,
            Fields.of("X", selected),
            clock.instant(),
            clock.instant(),
            4,
            Optional.empty(),
            false),
        HttpCacheOptions.DEFAULTS);
  }

  private boolean keep(VariantStore store, String selected, String... more) {
    return store
        .keep(TARGET, variant(selected, more), Bytes.utf8("body"), clock.instant())
        .result();
  }

  private List<String> selections() {
    return here.find(KEY).result().held().stream()
        .map(held -> held.variant().response().selecting().first("X").orElse(""))
        .sorted()
        .toList();
  }

  @Test
  void tagsThatAllVariantsHaveAndTheNameOfTheApiStandOnTheEntry() {
    keep(here, "1", "Surrogate-Key", "a b");
    keep(here, "2", "Cache-Tag", "b, c");
    assertEquals(List.of("b"), cache.entries.get(KEY).tags());
    assertEquals("web", cache.entries.get(KEY).attributes().get("api"));
  }

  @Test
  void aChangeThatAnotherProcessWroteOverIsMadeAgain() {
    Entry[] others = new Entry[1];
    keep(elsewhere, "other");
    others[0] = cache.entries.remove(KEY);
    cache.behindNextWrite = () -> cache.entries.put(KEY, others[0]);
    assertTrue(keep(here, "mine"));
    assertEquals(List.of("mine", "other"), selections());
  }

  @Test
  void whatAnotherProcessAddsStays() {
    cache.behindNextWrite = () -> keep(elsewhere, "other");
    assertTrue(keep(here, "mine"));
    assertEquals(List.of("mine", "other"), selections());
  }

  @Test
  void whatIsInvalidatedMeanwhileIsNotStored() {
    var since = clock.instant();
    clock.advance(Duration.ofSeconds(1));
    here.invalidate(KEY);
    assertEquals(false, here.keep(TARGET, variant("1"), Bytes.utf8("body"), since).result());
    assertEquals(List.of(), selections());
    cache.behindNextWrite = () -> elsewhere.invalidate(KEY);
    assertEquals(false, keep(here, "1"));
    assertEquals(List.of(), selections());
  }
}
