package io.ccrelay.cache.cluster;

import io.ccrelay.cache.Arrivals;
import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Key;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The map that all relays of a cluster share, as this process reaches it. Safe for use from any
 * thread; nothing but {@link #extent} and {@link #close} blocks. Stages complete on any thread.
 */
interface SharedMap {

  /** A time to live without end. */
  Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

  /**
   * A value and how long it goes on living.
   *
   * @param remaining until it expires; {@link #FOREVER} if it does not
   */
  record Held(Bytes value, Duration remaining) {}

  /**
   * What is held.
   *
   * @param keys entries
   * @param bytes memory they take
   * @param evictions entries given up for room since the start
   */
  record Extent(long keys, long bytes, long evictions) {}

  /** Is told of entries that changed, by whomever in the cluster. Called on any thread. */
  interface Changes {
    /** {@code key} was written, removed or expired. */
    void changed(Key key);

    /** Anything may have changed. */
    void anyChanged();
  }

  /** The value of {@code key}. */
  CompletionStage<Optional<Held>> get(Key key);

  /** Stores {@code value} for {@code ttl}, at least a millisecond or {@link #FOREVER}. */
  CompletionStage<Void> put(Key key, Bytes value, Duration ttl);

  /** Removes {@code key}. */
  CompletionStage<Void> remove(Key key);

  /** Completes if the map answers. */
  CompletionStage<Void> ping();

  /** What this process holds of the map, or all of it where it holds nothing itself. Blocks. */
  Extent extent();

  /** The entries this process owns before others, while it iterates. Blocks. */
  default Iterable<Map.Entry<Key, Bytes>> owned() {
    return List.of();
  }

  /** Tells {@code changes} from now on. Blocks. */
  void follow(Changes changes);

  /**
   * Tells {@code arrivals} of what is there and from now on, if this process holds a part of the
   * map. Blocks.
   */
  default void watch(Arrivals arrivals) {}

  /** Ends the use of the map, which stays where it is. Blocks. */
  void close();
}
