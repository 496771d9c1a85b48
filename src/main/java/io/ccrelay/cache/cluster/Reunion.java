package io.ccrelay.cache.cluster;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.infinispan.conflict.EntryMergePolicy;
import org.infinispan.container.entries.CacheEntry;
import org.jgroups.MergeView;
import org.jgroups.View;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an answer that two groups do not agree about when they become one.
 *
 * <p>After a split it goes, whether it differs or is missing on one side: it may have been removed
 * there, and it can be fetched anew. A node that only just began, alone because the others did not
 * answer in time, has removed nothing: what the others have stays.
 */
final class Reunion implements EntryMergePolicy<Object, Object> {

  private final Supplier<@Nullable View> view;

  /** Decides by the group's {@code view} at the time. */
  Reunion(Supplier<@Nullable View> view) {
    this.view = view;
  }

  @Override
  public @Nullable CacheEntry<Object, Object> merge(
      @Nullable CacheEntry<Object, Object> preferred, List<CacheEntry<Object, Object>> others) {
    if (wasSplit(view.get())) {
      return null;
    }
    List<CacheEntry<Object, Object>> present =
        Stream.concat(Stream.ofNullable(preferred), others.stream())
            .filter(entry -> entry != null && entry.getValue() != null)
            .toList();
    boolean differ =
        present.stream().anyMatch(it -> !same(it.getValue(), present.getFirst().getValue()));
    return (differ || present.isEmpty()) ? null : present.getFirst();
  }

  private static boolean same(Object one, Object other) {
    return Objects.deepEquals(one, other);
  }

  /** Whether more than one of the groups that met had a history: the first view has number 0. */
  static boolean wasSplit(@Nullable View now) {
    if (!(now instanceof MergeView merged)) {
      return true;
    }
    return merged.getSubgroups().stream().filter(group -> group.getViewId().getId() > 0).count()
        > 1;
  }
}
