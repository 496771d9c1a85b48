package io.ccrelay.metrics;

import io.ccrelay.cache.CacheOutcome;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Answers of one route, by outcome and class of status code; a series begins with its first answer.
 * Safe for use from any context.
 */
final class RouteMeters {

  private static final int CLASSES = 6;

  private final MeterRegistry registry;
  private final String route;
  private final Map<CacheOutcome, AtomicReferenceArray<LongAdder>> counters =
      new EnumMap<>(CacheOutcome.class);

  RouteMeters(MeterRegistry registry, String route) {
    this.registry = registry;
    this.route = route;
    for (var outcome : CacheOutcome.values()) {
      counters.put(outcome, new AtomicReferenceArray<>(CLASSES));
    }
  }

  /** Where answers of this outcome with a status of that class are counted. */
  LongAdder counter(CacheOutcome outcome, int status) {
    int statusClass = Math.clamp(status / 100, 0, CLASSES - 1);
    AtomicReferenceArray<LongAdder> classes = Objects.requireNonNull(counters.get(outcome));
    LongAdder counter = classes.get(statusClass);
    return counter == null ? begin(classes, outcome, statusClass) : counter;
  }

  private synchronized LongAdder begin(
      AtomicReferenceArray<LongAdder> classes, CacheOutcome outcome, int statusClass) {
    LongAdder present = classes.get(statusClass);
    if (present != null) {
      return present;
    }
    var counter = new LongAdder();
    FunctionCounter.builder("cc.relay.requests", counter, LongAdder::sum)
        .description("Requests answered")
        .tag("route", route)
        .tag("outcome", outcome.token())
        .tag("code", statusClass == 0 ? "none" : statusClass + "xx")
        .register(registry);
    classes.set(statusClass, counter);
    return counter;
  }
}
