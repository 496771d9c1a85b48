package io.ccrelay.proxy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.ccrelay.cache.Key;
import io.ccrelay.llm.Explanation.Nearest;
import io.ccrelay.llm.PartNames;
import io.ccrelay.llm.RequestParts;
import java.util.List;
import java.util.Optional;

/**
 * What the requests were made of whose answers this process stored last: to find the one that is
 * most like another. Bounded by bytes; may know entries that are gone by now. Safe for use from any
 * context; a search reads everything and belongs on a worker.
 */
public final class KeptParts {

  private static final long MOST_BYTES = 8 << 20;
  private static final int KEPT_BYTES = 288;
  private static final long MOST_NAME_BYTES = 1 << 20;

  private final Cache<Key, Kept> known =
      Caffeine.newBuilder()
          .executor(Runnable::run)
          .maximumWeight(MOST_BYTES)
          .weigher((Key key, Kept kept) -> kept.bytes())
          .build();

  private final Cache<PartNames, PartNames> names =
      Caffeine.newBuilder()
          .executor(Runnable::run)
          .maximumWeight(MOST_NAME_BYTES)
          .weigher((PartNames names, PartNames same) -> names.bytes())
          .build();

  /** Whoever brings names that nobody had pays for them. */
  private record Kept(RequestParts parts, int bytes) {}

  /** The answer to a request made of {@code parts} was stored under {@code key}. */
  @SuppressWarnings("ReferenceEquality") // its own names, not such that equal them
  void kept(Key key, RequestParts parts) {
    PartNames shared = names.get(parts.names(), own -> own);
    int bytes = KEPT_BYTES + Long.BYTES * parts.size();
    known.put(
        key,
        new Kept(parts.sharing(shared), shared == parts.names() ? bytes + shared.bytes() : bytes));
  }

  /** The one most like a request made of {@code parts}, if anything is known. */
  Optional<Nearest> nearest(RequestParts asked) {
    RequestParts parts = asked.sharing(names.get(asked.names(), own -> own));
    Optional<Key> best = Optional.empty();
    int most = Integer.MIN_VALUE;
    for (var candidate : known.asMap().entrySet()) {
      int likeness = parts.likeness(candidate.getValue().parts(), most);
      if (likeness > most) {
        most = likeness;
        best = Optional.of(candidate.getKey());
      }
    }
    return best.map(key ->
        new Nearest(
            key,
            Optional.ofNullable(known.getIfPresent(key))
                .map(kept -> parts.differences(kept.parts()))
                .orElse(List.of())));
  }
}
