package io.ccrelay.metrics;

import io.ccrelay.cache.CacheOutcome;
import io.ccrelay.cache.Usage;
import io.micrometer.core.instrument.MeterRegistry;

/** The relay's meters; labels come from closed sets only. Safe for use from any context. */
public final class Meters {

  private final MeterRegistry registry;

  /** Meters kept in {@code registry}. */
  public Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** The registry behind, for gauges of other rooms and for exposition. */
  public MeterRegistry registry() {
    return registry;
  }

  /**
   * A request was answered.
   *
   * @param route a name from a closed set, such as {@code messages}
   * @param outcome how
   * @param status the status code sent
   * @param nanos from the request's head to the answer's end
   */
  public void answered(String route, CacheOutcome outcome, int status, long nanos) {}

  /** A decision was taken for the reason {@code token}, of a closed set. */
  public void reason(String token) {}

  /** A hit or follower saved {@code usage}. */
  public void saved(Usage usage) {}

  /**
   * An upstream exchange ended.
   *
   * @param provider configured name
   * @param result {@code ok} or the token of a failure
   * @param nanos from the request sent to the answer's end
   */
  public void upstream(String provider, String result, long nanos) {}

  /** A cache operation failed for the reason {@code token}, of a closed set. */
  public void cacheFailure(String token) {}
}
