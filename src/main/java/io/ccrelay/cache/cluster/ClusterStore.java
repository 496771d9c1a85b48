package io.ccrelay.cache.cluster;

import io.ccrelay.cache.Arrivals;
import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.CacheOptions.Near;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Stats;
import io.ccrelay.cache.Store;
import io.ccrelay.cache.StoreClosedException;
import io.ccrelay.cache.StoreUnavailableException;
import io.ccrelay.cache.StoreUnavailableException.Reason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The distributed map as a store, with a near tier in front of it. Safe for use from any context.
 *
 * <p>While too few members are there every operation fails at once with {@link Reason#QUORUM}. The
 * counters of {@link #stats} are those of this process; keys and bytes are what this node holds of
 * the map, copies included.
 */
public final class ClusterStore implements Store {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterStore.class);

  /** A write of more bytes takes long enough to keep it off the event loop. */
  private static final int LARGE = 64 << 10;

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private final Vertx vertx;
  private final SharedMap map;
  private final NearTier near;
  private final Standing standing;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final UnderWay underWay = new UnderWay(closed::get);
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();

  /**
   * A store over {@code map}. Blocks while it begins to follow the changes of the map.
   *
   * @param nanos monotonic time, nanoseconds
   */
  ClusterStore(Vertx vertx, SharedMap map, Near near, Standing standing, LongSupplier nanos) {
    this.vertx = vertx;
    this.map = map;
    this.near = new NearTier(near, nanos);
    this.standing = standing;
    if (near.enabled()) {
      map.follow(this.near);
    }
  }

  /**
   * Tells {@code arrivals} of what is stored, and from now on, by whichever member. In a process
   * that is no member nothing is told. Blocks.
   */
  public void watch(Arrivals arrivals) {
    map.watch(arrivals);
  }

  /** Drops what was held near, since changes may have been missed. */
  void membersChanged() {
    near.anyChanged();
  }

  @Override
  public Future<Optional<Bytes>> get(Key key) {
    return get(key, true);
  }

  private Future<Optional<Bytes>> get(Key key, boolean counted) {
    Optional<Throwable> refusal = refusal(standing.reads());
    if (refusal.isPresent()) {
      return Future.failedFuture(refusal.get());
    }
    Bytes here = near.get(key);
    if (here != null) {
      return Future.succeededFuture(seen(key, Optional.of(here), counted));
    }
    int ticket = near.ticket(key);
    return underWay
        .answer(() -> map.get(key))
        .map(held -> {
          held.ifPresent(it -> near.keep(key, it.value(), it.remaining(), ticket));
          return seen(key, held.map(SharedMap.Held::value), counted);
        });
  }

  private Optional<Bytes> seen(Key key, Optional<Bytes> value, boolean counted) {
    if (counted) {
      (value.isPresent() ? hits : misses).increment();
      if (LOG.isDebugEnabled()) {
        LOG.debug("cache get: key={} hit={}", key.prefix(), value.isPresent());
      }
    }
    return value;
  }

  @Override
  public Future<Boolean> exists(Key key) {
    return get(key, false).map(Optional::isPresent);
  }

  @Override
  public Future<Map<Key, Bytes>> getAll(Collection<Key> keys) {
    Optional<Throwable> refusal = refusal(standing.reads());
    if (refusal.isPresent()) {
      return Future.failedFuture(refusal.get());
    }
    var found = new HashMap<Key, Future<Optional<Bytes>>>();
    keys.forEach(key -> found.put(key, get(key)));
    return Future.join(found.values().stream().toList())
        .map(_ -> {
          var values = new HashMap<Key, Bytes>();
          found.forEach((key, value) -> value.result().ifPresent(it -> values.put(key, it)));
          return Map.copyOf(values);
        });
  }

  @Override
  public Future<Void> set(Key key, Bytes value, Duration ttl) {
    return ttl.isNegative()
        ? negative(ttl)
        : write(key, value.size(), () -> map.put(key, value, lifetime(ttl)))
            .onSuccess(_ -> {
              if (LOG.isDebugEnabled()) {
                LOG.debug("cache set: key={} size={} ttl={}", key.prefix(), value.size(), ttl);
              }
            });
  }

  @Override
  public Future<Void> setAll(Map<Key, Bytes> entries, Duration ttl) {
    return Future.join(
            entries.entrySet().stream().map(it -> set(it.getKey(), it.getValue(), ttl)).toList())
        .mapEmpty();
  }

  @Override
  public Future<Void> delete(Key key) {
    LOG.debug("cache delete: key={}", key);
    return write(key, 0, () -> map.remove(key));
  }

  private Future<Void> write(Key key, int bytes, Supplier<CompletionStage<Void>> operation) {
    Optional<Throwable> refusal = refusal(standing.writes());
    if (refusal.isPresent()) {
      return Future.failedFuture(refusal.get());
    }
    near.changed(key);
    Future<Void> written =
        bytes <= LARGE
            ? underWay.answer(operation)
            : vertx
                .executeBlocking(operation::get, false)
                .compose(stage -> underWay.answer(() -> stage));
    return written.andThen((_, _) -> near.changed(key));
  }

  @Override
  public Iterable<Map.Entry<Key, Bytes>> held() {
    return map.owned();
  }

  @Override
  public Future<Stats> stats() {
    if (closed.get()) {
      return Future.succeededFuture(Stats.ZERO);
    }
    return vertx
        .executeBlocking(map::extent, false)
        .map(Objects::requireNonNull)
        .map(extent ->
            new Stats(hits.sum(), misses.sum(), extent.keys(), extent.bytes(), extent.evictions()))
        .otherwise(new Stats(hits.sum(), misses.sum(), 0, 0, 0))
        .onSuccess(stats -> LOG.debug("cache stats: {}", stats));
  }

  @Override
  public Future<Void> ping() {
    Optional<Throwable> refusal = refusal(standing.reads());
    return refusal.isPresent() ? Future.failedFuture(refusal.get()) : underWay.answer(map::ping);
  }

  @Override
  public Future<Void> close() {
    if (!closed.compareAndSet(false, true)) {
      return Future.succeededFuture();
    }
    near.anyChanged();
    LOG.info("cache closed: backend=cluster");
    return vertx
        .executeBlocking(
            () -> {
              map.close();
              underWay.end();
              return true;
            },
            false)
        .mapEmpty();
  }

  private Optional<Throwable> refusal(boolean enoughMembers) {
    if (closed.get()) {
      return Optional.of(new StoreClosedException());
    }
    return enoughMembers
        ? Optional.empty()
        : Optional.of(
            new StoreUnavailableException(Reason.QUORUM, "too few members of the cluster"));
  }

  private static Duration lifetime(Duration ttl) {
    if (ttl.isZero() || ttl.compareTo(LONGEST) > 0) {
      return SharedMap.FOREVER;
    }
    return ttl.compareTo(SHORTEST) < 0 ? SHORTEST : ttl;
  }

  private static <T> Future<T> negative(Duration ttl) {
    return Future.failedFuture(
        new IllegalArgumentException("ttl: " + ttl + " (expected: zero for no expiry, or more)"));
  }
}
