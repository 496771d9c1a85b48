package io.ccrelay.metrics;

/**
 * How long the answers of a while took.
 *
 * @param count answers
 * @param p50Micros half of them took at most this, microseconds
 * @param p99Micros 99 of 100 took at most this, microseconds
 */
public record LatencyReading(long count, long p50Micros, long p99Micros) {

  /** Nothing was answered. */
  public static final LatencyReading NONE = new LatencyReading(0, 0, 0);
}
