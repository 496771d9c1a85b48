package io.ccrelay.testing;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Stats;
import io.ccrelay.cache.Store;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A store that stalls, fails or throws when told to, and works otherwise. */
public class ScriptedStore implements Store {

  /** Operations asked for, pings included. */
  public final AtomicInteger asked = new AtomicInteger();

  /** Pings asked for. */
  public final AtomicInteger pinged = new AtomicInteger();

  private final Store healthy;
  private volatile Supplier<Future<Void>> trouble = Future::succeededFuture;

  /** A store that works like {@code healthy} for now. */
  public ScriptedStore(Store healthy) {
    this.healthy = healthy;
  }

  /** No operation is ever answered. */
  public void stall() {
    trouble = () -> Promise.<Void>promise().future();
  }

  /** Every {@code nth} operation is never answered. */
  public void stallEvery(int nth) {
    trouble =
        () -> asked.get() % nth == 0 ? Promise.<Void>promise().future() : Future.succeededFuture();
  }

  /** After {@code healthy} more operations none is answered. */
  public void stallFrom(int healthy) {
    int last = asked.get() + healthy - 1;
    trouble =
        () -> asked.get() > last ? Promise.<Void>promise().future() : Future.succeededFuture();
  }

  /** Operations wait until {@code until} completes. */
  public void holdUntil(Future<Void> until) {
    trouble = () -> until;
  }

  /** Every operation fails. */
  public void failWith(RuntimeException cause) {
    trouble = () -> Future.failedFuture(cause);
  }

  /** Every operation throws. */
  public void throwing(RuntimeException defect) {
    trouble =
        () -> {
          throw defect;
        };
  }

  /** All is well again. */
  public void recover() {
    trouble = Future::succeededFuture;
  }

  private <T> Future<T> unlessTrouble(Supplier<Future<T>> operation) {
    asked.incrementAndGet();
    return trouble.get().compose(_ -> operation.get());
  }

  @Override
  public Future<Optional<Bytes>> get(Key key) {
    return unlessTrouble(() -> healthy.get(key));
  }

  @Override
  public Future<Void> set(Key key, Bytes value, Duration ttl) {
    return unlessTrouble(() -> healthy.set(key, value, ttl));
  }

  @Override
  public Future<Void> delete(Key key) {
    return unlessTrouble(() -> healthy.delete(key));
  }

  @Override
  public Future<Boolean> exists(Key key) {
    return unlessTrouble(() -> healthy.exists(key));
  }

  @Override
  public Future<Map<Key, Bytes>> getAll(Collection<Key> keys) {
    return unlessTrouble(() -> healthy.getAll(keys));
  }

  @Override
  public Future<Void> setAll(Map<Key, Bytes> entries, Duration ttl) {
    return unlessTrouble(() -> healthy.setAll(entries, ttl));
  }

  @Override
  public Future<Stats> stats() {
    return unlessTrouble(healthy::stats);
  }

  @Override
  public boolean isHere() {
    return healthy.isHere();
  }

  @Override
  public Future<Void> ping() {
    pinged.incrementAndGet();
    return unlessTrouble(healthy::ping);
  }

  @Override
  public Future<Void> close() {
    return healthy.close();
  }
}
