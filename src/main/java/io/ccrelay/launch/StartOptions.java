package io.ccrelay.launch;

import java.time.Duration;
import java.time.InstantSource;

/**
 * How to start, beside what the configuration says.
 *
 * @param instances proxy verticles
 * @param announce how long the relay goes on accepting after it was told to stop, so that load
 *     balancers can learn of it from the readiness probe
 * @param clock wall clock
 */
public record StartOptions(int instances, Duration announce, InstantSource clock) {

  /** One verticle for each event loop, no announcement, the system's clock. */
  public static final StartOptions DEFAULTS =
      new StartOptions(VertxFactory.eventLoops(), Duration.ZERO, InstantSource.system());

  /** Checks the ranges. */
  public StartOptions {
    if (instances < 1) {
      throw new IllegalArgumentException("instances: " + instances + " (expected: at least 1)");
    }
    if (announce.isNegative()) {
      throw new IllegalArgumentException("announce: " + announce + " (expected: not negative)");
    }
  }
}
