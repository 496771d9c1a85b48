package io.ccrelay.cache.bus;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Stats;
import io.ccrelay.cache.Store;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something asked of a store: one record per operation of {@link Store}. Immutable.
 *
 * @param <T> the answer
 */
sealed interface CacheRequest<T> {

  /** Asks {@code store}. */
  Future<T> of(Store store);

  /** {@link Store#get}. */
  record Get(Key key) implements CacheRequest<Optional<Bytes>> {
    @Override
    public Future<Optional<Bytes>> of(Store store) {
      return store.get(key);
    }
  }

  /** {@link Store#set(Key, Bytes, Duration)}. */
  record Set(Key key, Bytes value, Duration ttl) implements CacheRequest<Void> {
    @Override
    public Future<Void> of(Store store) {
      return store.set(key, value, ttl);
    }
  }

  /** {@link Store#delete}. */
  record Delete(Key key) implements CacheRequest<Void> {
    @Override
    public Future<Void> of(Store store) {
      return store.delete(key);
    }
  }

  /** {@link Store#exists}. */
  record Exists(Key key) implements CacheRequest<Boolean> {
    @Override
    public Future<Boolean> of(Store store) {
      return store.exists(key);
    }
  }

  /** {@link Store#getAll}. */
  record GetAll(List<Key> keys) implements CacheRequest<Map<Key, Bytes>> {
    @Override
    public Future<Map<Key, Bytes>> of(Store store) {
      return store.getAll(keys);
    }
  }

  /** {@link Store#setAll}. */
  record SetAll(Map<Key, Bytes> entries, Duration ttl) implements CacheRequest<Void> {
    @Override
    public Future<Void> of(Store store) {
      return store.setAll(entries, ttl);
    }
  }

  /** {@link Store#stats}. */
  record Counters() implements CacheRequest<Stats> {
    @Override
    public Future<Stats> of(Store store) {
      return store.stats();
    }
  }

  /** {@link Store#ping}. */
  record Ping() implements CacheRequest<Void> {
    @Override
    public Future<Void> of(Store store) {
      return store.ping();
    }
  }
}
