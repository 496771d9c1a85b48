package io.ccrelay.cache.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.PurgeFormat;
import io.ccrelay.cache.PurgeLedger;
import io.ccrelay.cache.PurgeRecord;
import io.ccrelay.cache.PurgeSelector;
import io.ccrelay.cache.PurgeSelector.Kind;
import java.util.ArrayList;
import java.util.List;
import org.infinispan.commons.marshall.WrappedByteArray;
import org.infinispan.container.entries.CacheEntry;
import org.infinispan.container.entries.ImmortalCacheEntry;
import org.junit.jupiter.api.Test;

class PurgeUnionTest {

  private static PurgeLedger purgeOf(String tag, long generation) {
    return PurgeLedger.EMPTY.with(new PurgeRecord(new PurgeSelector(Kind.TAG, tag), generation));
  }

  @SuppressWarnings("unchecked") // entries of Infinispan are raw
  private static CacheEntry<Object, Object> holding(byte[] value) {
    return new ImmortalCacheEntry("ledger", new WrappedByteArray(value));
  }

  private static CacheEntry<Object, Object> holding(PurgeLedger ledger) {
    return holding(PurgeFormat.encode(ledger).toArray());
  }

  private static PurgeLedger in(CacheEntry<Object, Object> merged) {
    assertNotNull(merged);
    return PurgeFormat.decode(Bytes.owned(HeldBytes.of(merged.getValue()))).orElseThrow();
  }

  @Test
  void whatWasPurgedOnEitherSideIsPurged() {
    var merged =
        new PurgeUnion().merge(holding(purgeOf("a", 1)), List.of(holding(purgeOf("b", 2))));
    assertEquals(purgeOf("a", 1).merge(purgeOf("b", 2)), in(merged));
  }

  @Test
  void oneSideIsEnough() {
    var nobody = new ArrayList<CacheEntry<Object, Object>>();
    nobody.add(null);
    assertEquals(
        purgeOf("a", 1), in(new PurgeUnion().merge(null, List.of(holding(purgeOf("a", 1))))));
    assertEquals(purgeOf("a", 1), in(new PurgeUnion().merge(holding(purgeOf("a", 1)), nobody)));
    assertNull(new PurgeUnion().merge(null, nobody));
  }

  @Test
  void aValueThatCannotBeReadTakesNothingAway() {
    var merged = new PurgeUnion().merge(holding(new byte[] {1}), List.of(holding(purgeOf("a", 1))));
    assertEquals(purgeOf("a", 1), in(merged));
  }
}
