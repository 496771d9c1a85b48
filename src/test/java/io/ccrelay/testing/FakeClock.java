package io.ccrelay.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes only when told to. Safe for use from any thread. */
public final class FakeClock implements InstantSource {

  /** Where every clock starts. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicLong elapsed = new AtomicLong();

  @Override
  public Instant instant() {
    return START.plusNanos(elapsed.get());
  }

  /** Monotonic time, nanoseconds since some moment before {@link #START}. */
  public long nanos() {
    return elapsed.get() + 1_000_000_007L;
  }

  /** Lets {@code time} pass. */
  public void advance(Duration time) {
    elapsed.addAndGet(time.toNanos());
  }
}
