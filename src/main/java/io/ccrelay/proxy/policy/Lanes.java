package io.ccrelay.proxy.policy;

import io.ccrelay.cache.Key;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How many requests of this process are in each lane of {@code limit-concurrency}. Safe for use
 * from any context.
 */
public final class Lanes {

  private final ConcurrentMap<Key, Integer> inside = new ConcurrentHashMap<>();

  /** Enters {@code lane} unless {@code most} requests are in it. */
  boolean enter(Key lane, int most) {
    var admitted = new boolean[1];
    inside.compute(
        lane,
        (_, now) -> {
          int count = now == null ? 0 : now;
          admitted[0] = count < most;
          return admitted[0] ? Integer.valueOf(count + 1) : now;
        });
    return admitted[0];
  }

  void leave(Key lane) {
    inside.computeIfPresent(lane, (_, count) -> count <= 1 ? null : Integer.valueOf(count - 1));
  }
}
