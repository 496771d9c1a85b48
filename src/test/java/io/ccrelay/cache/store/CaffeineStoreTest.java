package io.ccrelay.cache.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.CacheOptions;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Stats;
import io.ccrelay.cache.Store;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.FakeClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the local store promises beyond the contract: its bound and what counts against it. */
class CaffeineStoreTest {

  private static final Key KEY = Key.of("key");
  private static final int MAX_COST = 100_000;

  private final FakeClock clock = new FakeClock();
  private final Store store = storeOf(MAX_COST);

  private Store storeOf(long maxCost) {
    return new CaffeineStore(new CacheOptions.Local(1_000_000, maxCost, 64), clock::nanos);
  }

  private static Bytes ofSize(int size) {
    return Bytes.owned(new byte[size]);
  }

  private Stats stats() {
    return Await.result(store.stats());
  }

  @Test
  void anEntryWeighsItsKeyItsValueAndWhatHoldsThem() {
    Await.result(store.set(KEY, ofSize(1000)));

    assertEquals(3 + 1000 + CaffeineStore.ENTRY_OVERHEAD_BYTES, stats().bytesUsed());
  }

  @Test
  void whatIsHeldIsSeenWithoutCountingAsLookUps() {
    Await.result(store.set(KEY, ofSize(10)));

    var seen = new ArrayList<Key>();
    store.held().forEach(held -> seen.add(held.getKey()));

    assertEquals(List.of(KEY), seen);
    assertEquals(0, stats().hits() + stats().misses());
  }

  @Test
  void theBytesHeldNeverExceedTheBound() {
    for (int i = 0; i < 1000; i++) {
      Await.result(store.set(Key.of("key " + i), ofSize(1000)));
      assertTrue(stats().bytesUsed() <= MAX_COST, () -> "held: " + stats());
    }
    assertTrue(stats().keyCount() > 50, () -> "room is used: " + stats());
    assertEquals(1000, stats().keyCount() + stats().evictions());
  }

  @Test
  void aValueAskedForOftenOutlivesASweepOfOthers() {
    Key hot = Key.of("hot");
    Await.result(store.set(hot, ofSize(1000)));
    for (int i = 0; i < 1000; i++) {
      assertTrue(Await.result(store.get(hot)).isPresent(), "evicted by key " + i);
      Await.result(store.set(Key.of("swept " + i), ofSize(1000)));
    }
  }

  @Test
  void anEntryAsHeavyAsTheBoundIsKeptAndAHeavierOneIsNot() {
    int largest = MAX_COST - 3 - CaffeineStore.ENTRY_OVERHEAD_BYTES;

    Await.result(store.set(KEY, ofSize(largest + 1)));
    assertFalse(Await.result(store.exists(KEY)));

    Await.result(store.set(KEY, ofSize(largest)));
    assertTrue(Await.result(store.exists(KEY)));
  }

  @Test
  void anEntryTooHeavyRemovesWhatItWouldHaveReplacedAndNothingElse() {
    Key other = Key.of("other");
    Await.result(store.set(KEY, ofSize(10)));
    Await.result(store.set(other, ofSize(10)));

    Await.result(store.set(KEY, ofSize(MAX_COST)));

    assertEquals(Optional.empty(), Await.result(store.get(KEY)));
    assertTrue(Await.result(store.exists(other)));
    assertEquals(0, stats().evictions());
  }

  @Test
  void whatExpiredIsNoLongerHeld() {
    Await.result(store.set(KEY, ofSize(1000), Duration.ofSeconds(1)));

    clock.advance(Duration.ofSeconds(3));

    assertEquals(0, stats().bytesUsed());
    assertEquals(0, stats().keyCount());
  }

  @Test
  void replacingAValueReplacesItsWeight() {
    Await.result(store.set(KEY, ofSize(50_000)));
    Await.result(store.set(KEY, ofSize(10)));

    assertEquals(3 + 10 + CaffeineStore.ENTRY_OVERHEAD_BYTES, stats().bytesUsed());
  }

  @Test
  @Tag("slow")
  void theWeightIsTheGrowthOfTheHeap() {
    int entries = 100_000;
    var large = storeOf(1L << 30);
    long before = liveHeap();
    for (int i = 0; i < entries; i++) {
      byte[] digest = ByteBuffer.allocate(32).putInt(i * 0x9E3779B9).array();
      Await.result(large.set(Key.ofDigest(digest), ofSize(1000), Duration.ofHours(1)));
    }
    long growth = liveHeap() - before;
    Stats stats = Await.result(large.stats());

    assertEquals(entries, stats.keyCount());
    assertEquals(1.0, (double) stats.bytesUsed() / growth, 0.1);
  }

  private static long liveHeap() {
    var settled = new ArrayList<Long>(List.of(Long.MAX_VALUE));
    Runtime runtime = Runtime.getRuntime();
    do {
      System.gc();
      settled.add(runtime.totalMemory() - runtime.freeMemory());
    } while (settled.getLast() < settled.get(settled.size() - 2));
    return settled.getLast();
  }
}
