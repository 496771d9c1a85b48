package io.ccrelay.cache.cluster;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.PurgeFormat;
import io.ccrelay.cache.PurgeLedger;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.infinispan.conflict.EntryMergePolicy;
import org.infinispan.container.entries.CacheEntry;
import org.infinispan.container.entries.ImmortalCacheEntry;
import org.jspecify.annotations.Nullable;

/** Unites the purges that the sides of a split remember: what was purged on one is on all. */
final class PurgeUnion implements EntryMergePolicy<Object, Object> {

  @Override
  @SuppressWarnings("unchecked") // entries of Infinispan are raw
  public @Nullable CacheEntry<Object, Object> merge(
      @Nullable CacheEntry<Object, Object> preferred, List<CacheEntry<Object, Object>> others) {
    List<CacheEntry<Object, Object>> present =
        Stream.concat(Stream.ofNullable(preferred), others.stream())
            .filter(entry -> entry != null && entry.getValue() != null)
            .toList();
    if (present.isEmpty()) {
      return null;
    }
    PurgeLedger all =
        present.stream()
            .map(entry -> PurgeFormat.decode(Bytes.owned(HeldBytes.of(entry.getValue()))))
            .flatMap(Optional::stream)
            .reduce(PurgeLedger.EMPTY, PurgeLedger::merge);
    CacheEntry<Object, Object> first = present.getFirst();
    return new ImmortalCacheEntry(
        Objects.requireNonNull(first.getKey()),
        HeldBytes.likewise(PurgeFormat.encode(all).toArray(), first.getValue()));
  }
}
