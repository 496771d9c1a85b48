package io.ccrelay.cache.cluster;

import io.ccrelay.cache.cluster.group.Pace;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Tells a process that stood still: the others may have excluded it, and may have removed what it
 * still holds. It is unsure of what it knows until it met them again, or as much time has passed as
 * that takes at most. Safe for use from any thread.
 */
final class Pulse {

  /** Time between two beats. */
  static final Duration BEAT = Duration.ofMillis(250);

  /** What others have to say to one that came back is said within this. */
  private static final Duration NEWS = Duration.ofSeconds(2);

  private final LongSupplier nanos;
  private final long gap;
  private final long longest;
  private volatile long last;
  private volatile long sureAt;
  private volatile boolean unsure;

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
      unsure = true;
      sureAt = now + longest;
    } else if (unsure && now - sureAt >= 0) {
      unsure = false;
    }
    last = now;
  }

  /** Groups that were apart have met. */
  synchronized void met() {
    beat();
    if (unsure) {
      sureAt = nanos.getAsLong() + NEWS.toNanos();
    }
  }

  /** Whether this process ran all the time, as far as the others can tell. */
  boolean sure() {
    return !unsure && nanos.getAsLong() - last <= gap;
  }
}
