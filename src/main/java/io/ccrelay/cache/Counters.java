package io.ccrelay.cache;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;

/**
 * Small states that several nodes change: bytes that are read, and replaced if they are still what
 * was read. What they mean is the caller's affair. A counter may be forgotten at any time. Methods
 * never block and may be called from any context; failures are {@link StoreUnavailableException}s.
 */
public interface Counters {

  /** The state under {@code key}, if there is one that has not expired. */
  Future<Optional<Bytes>> read(Key key);

  /**
   * Replaces the state under {@code key} by {@code next} if it still is {@code expected}.
   *
   * @param expected what was read, empty for "none"
   * @param ttl how long the new state is kept; zero means no expiry
   * @return whether it was replaced
   */
  Future<Boolean> replace(Key key, Optional<Bytes> expected, Bytes next, Duration ttl);
}
