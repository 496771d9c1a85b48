package io.ccrelay.cache.store;

import io.vertx.core.Future;
import java.time.Duration;

/** The rule on times to live that all stores share. */
final class TimeToLive {

  private TimeToLive() {}

  /** The refusal of a negative {@code ttl}. */
  static <T> Future<T> negative(Duration ttl) {
    return Future.failedFuture(
        new IllegalArgumentException("ttl: " + ttl + " (expected: zero for no expiry, or more)"));
  }
}
