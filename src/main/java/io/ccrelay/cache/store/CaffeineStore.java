package io.ccrelay.cache.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Ticker;
import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.CacheOptions;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Stats;
import io.ccrelay.cache.Store;
import io.ccrelay.cache.StoreClosedException;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Values in this process's memory, bounded by bytes, TinyLFU deciding what stays. Safe for use from
 * any context; every operation is done when it returns, in about a microsecond.
 *
 * <p>An entry weighs what it holds: the arrays of key and value and {@link #ENTRY_OVERHEAD_BYTES}.
 * One heavier than the bound is not stored, and takes the place of nothing: an older value of its
 * key goes. Upkeep runs in small steps on the threads that use the store.
 */
public final class CaffeineStore implements Store {

  /**
   * What an entry holds beside its bytes: node, table slot, key, views, array headers, ranks in
   * queues and timer wheel; measured as the growth of the live heap per entry on a 64-bit JDK 25.
   */
  static final int ENTRY_OVERHEAD_BYTES = 224;

  private static final Logger LOG = LoggerFactory.getLogger(CaffeineStore.class);

  private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

  private final Cache<Key, Bytes> cache;
  private final Policy.VarExpiration<Key, Bytes> expiration;
  private final Policy.Eviction<Key, Bytes> eviction;
  private final long maxCost;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder evictions = new LongAdder();

  /**
   * An empty store.
   *
   * @param options bounds
   * @param nanos monotonic time, nanoseconds
   */
  public CaffeineStore(CacheOptions.Local options, LongSupplier nanos) {
    this.maxCost = options.maxCost();
    this.cache = cache(maxCost, nanos::getAsLong);
    this.expiration = cache.policy().expireVariably().orElseThrow();
    this.eviction = cache.policy().eviction().orElseThrow();
    LOG.info(
        "cache opened: backend=caffeine max_cost={} bytes (num_counters={} and buffer_items={}"
            + " are accepted; the store sizes both by itself)",
        maxCost,
        options.numCounters(),
        options.bufferItems());
  }

  private Cache<Key, Bytes> cache(long maximumWeight, Ticker ticker) {
    return Caffeine.newBuilder()
        .maximumWeight(maximumWeight)
        .weigher(CaffeineStore::boundedWeight)
        .expireAfter(Expiry.<Key, Bytes>creating((key, value) -> FOREVER))
        .evictionListener(this::evicted)
        .executor(Runnable::run)
        .ticker(ticker)
        .build();
  }

  private void evicted(@Nullable Key key, @Nullable Bytes value, RemovalCause cause) {
    if (cause == RemovalCause.SIZE) {
      evictions.increment();
    }
  }

  @Override
  public Future<Optional<Bytes>> get(Key key) {
    return closed.get() ? closedFailure() : Future.succeededFuture(Optional.ofNullable(find(key)));
  }

  private @Nullable Bytes find(Key key) {
    Bytes value = cache.getIfPresent(key);
    (value == null ? misses : hits).increment();
    if (LOG.isDebugEnabled()) {
      LOG.debug("cache get: key={} hit={}", key.prefix(), value != null);
    }
    return value;
  }

  @Override
  public Future<Map<Key, Bytes>> getAll(Collection<Key> keys) {
    if (closed.get()) {
      return closedFailure();
    }
    var found = new HashMap<Key, Bytes>();
    for (Key key : keys) {
      Bytes value = find(key);
      if (value != null) {
        found.put(key, value);
      }
    }
    return Future.succeededFuture(Map.copyOf(found));
  }

  @Override
  public Future<Void> set(Key key, Bytes value, Duration ttl) {
    return setAll(Map.of(key, value), ttl);
  }

  @Override
  public Future<Void> setAll(Map<Key, Bytes> entries, Duration ttl) {
    if (closed.get()) {
      return closedFailure();
    }
    if (ttl.isNegative()) {
      return TimeToLive.negative(ttl);
    }
    Duration kept = ttl.isZero() ? FOREVER : ttl;
    entries.forEach((key, value) -> put(key, value, kept));
    if (closed.get()) {
      cache.invalidateAll();
    }
    return Future.succeededFuture();
  }

  private void put(Key key, Bytes value, Duration ttl) {
    Bytes compact = value.compact();
    boolean fits = weight(key, compact) <= maxCost;
    if (fits) {
      var _ = expiration.put(key, compact, ttl);
    } else {
      cache.invalidate(key);
    }
    if (LOG.isDebugEnabled()) {
      LOG.debug(
          "cache set: key={} size={} ttl={} stored={}", key.prefix(), value.size(), ttl, fits);
    }
  }

  @Override
  public Future<Void> delete(Key key) {
    if (closed.get()) {
      return closedFailure();
    }
    cache.invalidate(key);
    if (LOG.isDebugEnabled()) {
      LOG.debug("cache delete: key={}", key.prefix());
    }
    return Future.succeededFuture();
  }

  @Override
  public Future<Boolean> exists(Key key) {
    return closed.get()
        ? closedFailure()
        : Future.succeededFuture(cache.policy().getIfPresentQuietly(key) != null);
  }

  @Override
  public boolean isHere() {
    return true;
  }

  @Override
  public Iterable<Map.Entry<Key, Bytes>> held() {
    return cache.asMap().entrySet();
  }

  @Override
  public Future<Stats> stats() {
    if (closed.get()) {
      return Future.succeededFuture(Stats.ZERO);
    }
    cache.cleanUp();
    var stats =
        new Stats(
            hits.sum(),
            misses.sum(),
            cache.estimatedSize(),
            eviction.weightedSize().orElse(0),
            evictions.sum());
    LOG.debug("cache stats: {}", stats);
    return Future.succeededFuture(stats);
  }

  @Override
  public Future<Void> ping() {
    return closed.get() ? closedFailure() : Future.succeededFuture();
  }

  @Override
  public Future<Void> close() {
    if (closed.compareAndSet(false, true)) {
      cache.invalidateAll();
      LOG.info("cache closed: backend=caffeine");
    }
    return Future.succeededFuture();
  }

  private static <T> Future<T> closedFailure() {
    return Future.failedFuture(new StoreClosedException());
  }

  /** Memory that an entry of {@code key} and {@code value} holds, in bytes. */
  static long weight(Key key, Bytes value) {
    return (long) key.bytes().heldBytes() + value.heldBytes() + ENTRY_OVERHEAD_BYTES;
  }

  /** Caffeine weighs in integers; an entry near 2 GiB weighs as much as one can say. */
  private static int boundedWeight(Key key, Bytes value) {
    return (int) Math.min(Integer.MAX_VALUE, weight(key, value));
  }
}
