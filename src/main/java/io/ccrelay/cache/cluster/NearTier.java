package io.ccrelay.cache.cluster;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Policy;
import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.CacheOptions.Near;
import io.ccrelay.cache.Key;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Values used lately, in this process. Safe for use from any thread.
 *
 * <p>A value that is fetched while its key changes must not settle here after the change was told.
 * So whoever fetches takes a {@link #ticket} first; a change makes the tickets of its key
 * worthless. Changes that were never told, because this node was cut off, are seen when the value
 * is {@code max_age} old.
 */
final class NearTier implements SharedMap.Changes {

  private static final int STRIPES = 1024;
  private static final int ENTRY_OVERHEAD_BYTES = 224;

  private final Cache<Key, Bytes> values;
  private final Policy.VarExpiration<Key, Bytes> expiration;
  private final Duration maxAge;
  private final AtomicIntegerArray changes = new AtomicIntegerArray(STRIPES);

  /**
   * An empty tier.
   *
   * @param nanos monotonic time, nanoseconds
   */
  NearTier(Near options, LongSupplier nanos) {
    this.maxAge = options.maxAge();
    this.values =
        Caffeine.newBuilder()
            .maximumWeight(options.enabled() ? options.maxBytes() : 0)
            .weigher(NearTier::weight)
            .expireAfter(Expiry.<Key, Bytes>creating((_, _) -> maxAge))
            .executor(Runnable::run)
            .ticker(nanos::getAsLong)
            .build();
    this.expiration = values.policy().expireVariably().orElseThrow();
  }

  /** The value of {@code key}, if it is here. */
  @Nullable Bytes get(Key key) {
    return values.getIfPresent(key);
  }

  /** To be taken before {@code key} is fetched. */
  int ticket(Key key) {
    return changes.get(stripe(key));
  }

  /** Keeps what was fetched with {@code ticket}, unless its key changed since. */
  void keep(Key key, Bytes value, Duration remaining, int ticket) {
    if (changes.get(stripe(key)) != ticket || !remaining.isPositive()) {
      return;
    }
    var _ = expiration.put(key, value, remaining.compareTo(maxAge) < 0 ? remaining : maxAge);
    if (changes.get(stripe(key)) != ticket) {
      values.invalidate(key);
    }
  }

  @Override
  public void changed(Key key) {
    var _ = changes.incrementAndGet(stripe(key));
    values.invalidate(key);
  }

  @Override
  public void anyChanged() {
    for (int i = 0; i < STRIPES; i++) {
      var _ = changes.incrementAndGet(i);
    }
    values.invalidateAll();
  }

  private static int stripe(Key key) {
    int hash = key.hashCode();
    return (hash ^ (hash >>> 16)) & (STRIPES - 1);
  }

  private static int weight(Key key, Bytes value) {
    long bytes = (long) key.bytes().heldBytes() + value.heldBytes() + ENTRY_OVERHEAD_BYTES;
    return (int) Math.min(Integer.MAX_VALUE, bytes);
  }
}
