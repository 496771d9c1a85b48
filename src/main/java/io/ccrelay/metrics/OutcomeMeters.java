package io.ccrelay.metrics;

import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Answers of one outcome and how long they took. Safe for use from any context. */
final class OutcomeMeters {

  private final LongAdder count = new LongAdder();
  private final Latency recent = new Latency();
  private final Timer duration;

  /** Nothing was answered; all durations are kept in {@code duration}. */
  OutcomeMeters(Timer duration) {
    this.duration = duration;
  }

  void answered(long nanos) {
    count.increment();
    recent.record(nanos);
    duration.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** Answers since the process began. */
  long count() {
    return count.sum();
  }

  /** How long the answers since the last reading took. */
  LatencyReading latency() {
    return recent.read();
  }
}
