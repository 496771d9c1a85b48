package io.ccrelay.cache.store;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Stats;
import io.ccrelay.cache.Store;
import io.ccrelay.cache.StoreClosedException;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store that keeps nothing: every write succeeds, nothing is found. Safe for any context. */
public final class NoStore implements Store {

  private static final Logger LOG = LoggerFactory.getLogger(NoStore.class);

  private final AtomicBoolean closed = new AtomicBoolean();

  /** An open store. */
  public NoStore() {
    LOG.debug("cache opened: backend=none, caching is disabled");
  }

  @Override
  public Future<Optional<Bytes>> get(Key key) {
    return unlessClosed(() -> Future.succeededFuture(Optional.empty()));
  }

  @Override
  public Future<Void> set(Key key, Bytes value, Duration ttl) {
    return written(ttl);
  }

  @Override
  public Future<Void> setAll(Map<Key, Bytes> entries, Duration ttl) {
    return written(ttl);
  }

  @Override
  public Future<Void> delete(Key key) {
    return unlessClosed(Future::succeededFuture);
  }

  @Override
  public Future<Boolean> exists(Key key) {
    return unlessClosed(() -> Future.succeededFuture(false));
  }

  @Override
  public Future<Map<Key, Bytes>> getAll(Collection<Key> keys) {
    return unlessClosed(() -> Future.succeededFuture(Map.of()));
  }

  @Override
  public Future<Stats> stats() {
    return Future.succeededFuture(Stats.ZERO);
  }

  @Override
  public Future<Void> ping() {
    return unlessClosed(Future::succeededFuture);
  }

  @Override
  public Future<Void> close() {
    if (closed.compareAndSet(false, true)) {
      LOG.info("cache closed: backend=none");
    }
    return Future.succeededFuture();
  }

  private Future<Void> written(Duration ttl) {
    return unlessClosed(
        () -> ttl.isNegative() ? TimeToLive.negative(ttl) : Future.succeededFuture());
  }

  private <T> Future<T> unlessClosed(Supplier<Future<T>> answer) {
    return closed.get() ? Future.failedFuture(new StoreClosedException()) : answer.get();
  }
}
