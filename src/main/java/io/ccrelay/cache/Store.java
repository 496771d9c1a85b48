package io.ccrelay.cache;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a backend offers: a map from keys to opaque bytes with a time to live per entry.
 *
 * <p>"Not found" is an ordinary outcome (an empty {@code Optional}). After {@link #close} every
 * operation fails with {@link StoreClosedException}; every other failure is a {@link
 * StoreUnavailableException}. A read that begins after a write completed sees it. A time to live of
 * zero means "no expiry" in every backend, a negative one fails with {@link
 * IllegalArgumentException} and leaves the stored value alone. Neither side can change the other's
 * bytes. Methods never block and may be called from any context; futures complete on the caller's
 * context where it has one.
 */
public interface Store {

  /** The value of {@code key}, if there is one that has not expired. */
  Future<Optional<Bytes>> get(Key key);

  /** Stores {@code value} until it is evicted. */
  default Future<Void> set(Key key, Bytes value) {
    return set(key, value, Duration.ZERO);
  }

  /** Stores {@code value} for {@code ttl}; zero means no expiry. */
  Future<Void> set(Key key, Bytes value, Duration ttl);

  /** Removes {@code key}; removing an unknown key succeeds. */
  Future<Void> delete(Key key);

  /** Whether {@link #get} would find a value. Not counted as a look-up. */
  Future<Boolean> exists(Key key);

  /** The values found among {@code keys}; keys without a value are absent from the result. */
  Future<Map<Key, Bytes>> getAll(Collection<Key> keys);

  /** Stores all {@code entries} for {@code ttl}; zero means no expiry. */
  Future<Void> setAll(Map<Key, Bytes> entries, Duration ttl);

  /**
   * The values this process holds itself, as they are while it is iterated over, for counting and
   * removing many. Of a store that several processes share, each value is in the view of one.
   * Iterating may take long and block: do it on a worker. Empty where values are held elsewhere.
   */
  default Iterable<Map.Entry<Key, Bytes>> held() {
    return List.of();
  }

  /** Whether all values are in the memory of this process. */
  default boolean isHere() {
    return false;
  }

  /** Counters; {@link Stats#ZERO} after {@link #close}, never a failure. */
  Future<Stats> stats();

  /** Succeeds if the backend answers. */
  Future<Void> ping();

  /** Lets running operations finish and releases everything; closing twice succeeds. */
  Future<Void> close();
}
