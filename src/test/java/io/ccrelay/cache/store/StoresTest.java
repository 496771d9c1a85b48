package io.ccrelay.cache.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.CacheOptions;
import io.ccrelay.cache.CacheOptions.Local;
import io.ccrelay.cache.CacheOptions.Mode;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Store;
import io.ccrelay.testing.Await;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StoresTest {

  private static CacheOptions options(Mode mode, Local local) {
    var defaults = CacheOptions.DEFAULTS;
    return new CacheOptions(mode, defaults.deadline(), local, defaults.cluster(), defaults.node());
  }

  private static String refusal(CacheOptions options) {
    return assertThrows(IllegalArgumentException.class, () -> Stores.create(options)).getMessage();
  }

  private static void works(Store store) {
    Await.result(store.set(Key.of("key"), Bytes.utf8("value")));
    assertTrue(Await.result(store.exists(Key.of("key"))));
    assertEquals(1, Await.result(store.stats()).keyCount());
  }

  @Test
  @DisplayName("single mode opens a local store that counts (21, 25)")
  void singleOpensALocalStore() {
    works(Stores.create(CacheOptions.DEFAULTS));
  }

  @Test
  @DisplayName("the number of buffered keys does not matter (36, 37)")
  void bufferItemsDoNotMatter() {
    works(Stores.create(options(Mode.SINGLE, new Local(1000, 1 << 20, 0))));
    works(Stores.create(options(Mode.SINGLE, new Local(1000, 1 << 20, -1))));
  }

  @Test
  @DisplayName("disabled mode opens the store that keeps nothing (22)")
  void disabledKeepsNothing() {
    Store store = Stores.create(options(Mode.DISABLED, new Local(0, 0, 0)));

    Await.result(store.set(Key.of("key"), Bytes.utf8("value")));

    assertInstanceOf(NoStore.class, store);
    assertFalse(Await.result(store.exists(Key.of("key"))));
  }

  @Test
  @DisplayName("what cannot be opened is refused by the name of its option (24)")
  void refusalsNameTheOption() {
    assertEquals(
        "cache.mode: ha is not available in this version (expected: single or disabled)",
        refusal(options(Mode.HA, Local.DEFAULTS)));
    assertEquals(
        "cache.ristretto.max_cost: 0 must be positive",
        refusal(options(Mode.SINGLE, new Local(1000, 0, 64))));
    assertEquals(
        "cache.ristretto.num_counters: -5 must be positive",
        refusal(options(Mode.SINGLE, new Local(-5, 1000, 64))));
  }
}
