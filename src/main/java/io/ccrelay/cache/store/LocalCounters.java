package io.ccrelay.cache.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Counters;
import io.ccrelay.cache.Key;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Counters of this process, at most {@link #MOST_COUNTERS}; the least used are forgotten first.
 * Safe for use from any context; every operation is done when it returns.
 */
public final class LocalCounters implements Counters {

  /** Bound of counters kept, about 200 MB at worst. */
  static final int MOST_COUNTERS = 500_000;

  private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

  private record Kept(Bytes state, Duration ttl) {}

  private final Cache<Key, Kept> counters;

  /**
   * No counters yet.
   *
   * @param nanos monotonic time, nanoseconds
   */
  public LocalCounters(LongSupplier nanos) {
    this.counters =
        Caffeine.newBuilder()
            .maximumSize(MOST_COUNTERS)
            .expireAfter(Expiry.<Key, Kept>writing((key, kept) -> kept.ttl))
            .executor(Runnable::run)
            .ticker(nanos::getAsLong)
            .build();
  }

  @Override
  public Future<Optional<Bytes>> read(Key key) {
    return Future.succeededFuture(Optional.ofNullable(counters.getIfPresent(key)).map(Kept::state));
  }

  @Override
  public Future<Boolean> replace(Key key, Optional<Bytes> expected, Bytes next, Duration ttl) {
    var kept = new Kept(next, ttl.isZero() ? FOREVER : ttl);
    var replaced = new AtomicBoolean();
    counters
        .asMap()
        .compute(
            key,
            (_, old) -> {
              boolean expectedStill = Optional.ofNullable(old).map(Kept::state).equals(expected);
              replaced.set(expectedStill);
              return expectedStill ? kept : old;
            });
    return Future.succeededFuture(replaced.get());
  }
}
