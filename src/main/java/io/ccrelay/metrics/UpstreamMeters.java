package io.ccrelay.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Exchanges with one provider. Safe for use from any context. */
final class UpstreamMeters {

  private static final int RESULTS = 30;

  private final Labels<LongAdder> results;
  private final Timer duration;

  UpstreamMeters(MeterRegistry registry, String provider) {
    this.results = new Labels<>(RESULTS, result -> counter(registry, provider, result));
    this.duration =
        Timer.builder("cc.relay.upstream.duration")
            .description("Time from the request sent upstream to the end of its answer")
            .tag("provider", provider)
            .serviceLevelObjectives(
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60))
            .register(registry);
  }

  void ended(String result, long nanos) {
    results.at(result).increment();
    duration.record(nanos, TimeUnit.NANOSECONDS);
  }

  Map<String, Long> read() {
    return results.read(LongAdder::sum);
  }

  private static LongAdder counter(MeterRegistry registry, String provider, String result) {
    var counter = new LongAdder();
    FunctionCounter.builder("cc.relay.upstream.requests", counter, LongAdder::sum)
        .description("Exchanges with an upstream")
        .tag("provider", provider)
        .tag("result", result)
        .register(registry);
    return counter;
  }
}
