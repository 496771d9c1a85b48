package io.ccrelay.proxy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.ccrelay.cache.Key;
import io.ccrelay.llm.Explanation.Nearest;
import io.ccrelay.llm.RequestParts;
import java.util.List;
import java.util.Optional;

/**
 * What the requests were made of whose answers this process stored last: to find the one that is
 * most like another. Bounded by bytes; may know entries that are gone by now. Safe for use from any
 * context; a search reads everything and belongs on a worker.
 */
public final class KeptParts {

  private static final long MOST_BYTES = 16 << 20;
  private static final int PART_BYTES = 80;

  private final Cache<Key, RequestParts> known =
      Caffeine.newBuilder()
          .executor(Runnable::run)
          .maximumWeight(MOST_BYTES)
          .weigher((Key key, RequestParts parts) -> 128 + PART_BYTES * parts.digests().size())
          .build();

  /** The answer to a request made of {@code parts} was stored under {@code key}. */
  void kept(Key key, RequestParts parts) {
    known.put(key, parts);
  }

  /** The one most like a request made of {@code parts}, if anything is known. */
  Optional<Nearest> nearest(RequestParts parts) {
    Optional<Key> best = Optional.empty();
    int most = Integer.MIN_VALUE;
    for (var candidate : known.asMap().entrySet()) {
      int likeness = parts.likeness(candidate.getValue(), most);
      if (likeness > most) {
        most = likeness;
        best = Optional.of(candidate.getKey());
      }
    }
    return best.map(key ->
        new Nearest(
            key,
            Optional.ofNullable(known.getIfPresent(key))
                .map(parts::differences)
                .orElse(List.of())));
  }
}
