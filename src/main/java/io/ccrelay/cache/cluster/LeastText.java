package io.ccrelay.cache.cluster;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.infinispan.conflict.EntryMergePolicy;
import org.infinispan.container.entries.CacheEntry;
import org.jspecify.annotations.Nullable;

/** Of two texts that the sides of a split agreed upon, the first in order: all choose the same. */
final class LeastText implements EntryMergePolicy<String, String> {

  @Override
  public @Nullable CacheEntry<String, String> merge(
      @Nullable CacheEntry<String, String> preferred, List<CacheEntry<String, String>> others) {
    return Stream.concat(Stream.ofNullable(preferred), others.stream())
        .filter(entry -> Objects.nonNull(entry) && entry.getValue() != null)
        .min((one, other) -> one.getValue().compareTo(other.getValue()))
        .orElse(null);
  }
}
