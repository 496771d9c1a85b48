package io.ccrelay.cache.cluster;

import io.ccrelay.cache.cluster.group.Pace;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Tells whether a process knows what was purged. It may not if it stood still, since the others may
 * have excluded it and gone on, nor when the sides of a split have just met: it is unsure until it
 * has met the others and heard from each, or as much time has passed as that takes at most. Safe
 * for use from any thread.
 */
final class Pulse {

  /** Time between two beats. */
  static final Duration BEAT = Duration.ofMillis(250);

  private final LongSupplier nanos;
  private final long gap;
  private final long longest;
  private volatile long last;
  private volatile long sureAt;
  private volatile boolean unsure;
  private volatile boolean alone;

  /**
   * The pulse of a process in a group of {@code pace}.
   *
   * @param nanos monotonic time, nanoseconds
   */
  Pulse(LongSupplier nanos, Pace pace) {
    this.nanos = nanos;
    this.gap = pace.silence().minus(pace.heartbeat()).toNanos();
    this.longest = pace.silence().multipliedBy(2).plus(pace.mergeTo().multipliedBy(2)).toNanos();
    this.last = nanos.getAsLong();
  }

  /** To be called every {@link #BEAT}. */
  synchronized void beat() {
    long now = nanos.getAsLong();
    if (now - last > gap) {
      doubt(now);
      alone = true;
    } else if (unsure && now - sureAt >= 0) {
      unsure = false;
    }
    last = now;
  }

  private void doubt(long now) {
    unsure = true;
    sureAt = now + longest;
  }

  /**
   * Groups have met.
   *
   * @param split whether each of them may have purged what the other holds
   */
  synchronized void met(boolean split) {
    beat();
    alone = false;
    if (split) {
      doubt(nanos.getAsLong());
    }
  }

  /** Every other member said what was purged. */
  synchronized void heard() {
    if (!alone) {
      unsure = false;
    }
  }

  /** Whether this process ran all the time, as far as the others can tell. */
  boolean sure() {
    return !unsure && nanos.getAsLong() - last <= gap;
  }
}
