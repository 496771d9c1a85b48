package io.ccrelay.cache.cluster;

import java.util.List;
import org.infinispan.conflict.EntryMergePolicy;
import org.infinispan.container.entries.CacheEntry;
import org.infinispan.container.entries.ImmortalCacheEntry;
import org.infinispan.multimap.impl.Bucket;
import org.jspecify.annotations.Nullable;

/**
 * Unites what the two sides of a split know about who consumes from an address of the event bus:
 * each side struck the other's consumers off, and they are all back.
 */
final class Subscriptions implements EntryMergePolicy<String, Bucket<byte[]>> {

  @Override
  public @Nullable CacheEntry<String, Bucket<byte[]>> merge(
      @Nullable CacheEntry<String, Bucket<byte[]>> preferred,
      List<CacheEntry<String, Bucket<byte[]>>> others) {
    CacheEntry<String, Bucket<byte[]>> united = preferred;
    for (var other : others) {
      united = united == null ? other : union(united, other);
    }
    return united;
  }

  @SuppressWarnings("unchecked") // entries of Infinispan are raw
  private static CacheEntry<String, Bucket<byte[]>> union(
      CacheEntry<String, Bucket<byte[]>> one, @Nullable CacheEntry<String, Bucket<byte[]>> other) {
    if (other == null || other.getValue() == null) {
      return one;
    }
    Bucket<byte[]> all = one.getValue() == null ? new Bucket<>() : one.getValue();
    for (byte[] consumer : other.getValue().toList()) {
      Bucket<byte[]> more = all.add(consumer, false);
      all = more == null ? all : more;
    }
    return new ImmortalCacheEntry(one.getKey(), all);
  }
}
