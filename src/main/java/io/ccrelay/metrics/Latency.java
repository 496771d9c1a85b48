package io.ccrelay.metrics;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * The distribution of durations since it was read last. Recording takes no lock. Safe for use from
 * any context, reading by one reader at a time.
 */
final class Latency {

  private static final long LONGEST_MICROS = 3_600_000_000L;
  private static final int DIGITS = 2;

  private final Recorder recorder = new Recorder(1, LONGEST_MICROS, DIGITS);
  private Histogram spare = recorder.getIntervalHistogram();

  void record(long nanos) {
    recorder.recordValue(Math.clamp(nanos / 1000, 1, LONGEST_MICROS));
  }

  /** What was recorded since the reading before. */
  synchronized LatencyReading read() {
    spare = recorder.getIntervalHistogram(spare);
    return spare.getTotalCount() == 0
        ? LatencyReading.NONE
        : new LatencyReading(
            spare.getTotalCount(), spare.getValueAtPercentile(50), spare.getValueAtPercentile(99));
  }
}
