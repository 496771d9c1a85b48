package io.ccrelay.config;

import io.ccrelay.upstream.RoutingOptions;
import java.time.Duration;
import java.util.List;

/** Reads {@code routing} and {@code health}. */
final class RoutingSection {

  private static final RoutingOptions DEFAULTS = RoutingOptions.DEFAULTS;

  private static final List<String> STRATEGIES =
      List.of(
          "failover",
          "round_robin",
          "weighted_round_robin",
          "shuffle",
          "model_based",
          "least_loaded",
          "weighted_failover");

  private RoutingSection() {}

  static RoutingOptions read(Section routing, Section health) {
    var check = health.section("health_check");
    var breaker = health.section("circuit_breaker");
    var options =
        new RoutingOptions(
            routing.choice("strategy", DEFAULTS.strategy(), STRATEGIES),
            orDefault(routing.count("failover_timeout"), DEFAULTS.failoverTimeout()),
            routing.flag("debug", DEFAULTS.debug()),
            routing.textMap("model_mapping"),
            routing.text("default_provider", DEFAULTS.defaultProvider()),
            check.flag("enabled", DEFAULTS.healthCheckEnabled()),
            orDefault(check.whole("interval_ms").orElse(0L), DEFAULTS.healthCheckInterval()),
            orDefault(breaker.count("failure_threshold"), DEFAULTS.failureThreshold()),
            orDefault(breaker.whole("open_duration_ms").orElse(0L), DEFAULTS.openDuration()),
            orDefault(breaker.count("half_open_probes"), DEFAULTS.halfOpenProbes()));
    if (options.strategy().equals("model_based") && options.modelMapping().isEmpty()) {
      routing.problem("model_mapping", "is required by routing.strategy model_based");
    }
    breaker.withoutEffect("recovery_timeout_seconds", "triggers");
    health.withoutEffect("check_interval_seconds");
    check.finish(UnknownKeys.IGNORED);
    breaker.finish(UnknownKeys.IGNORED);
    health.finish(UnknownKeys.IGNORED);
    routing.finish(UnknownKeys.IGNORED);
    return options;
  }

  private static Duration orDefault(long millis, Duration fallback) {
    return millis <= 0 ? fallback : Duration.ofMillis(millis);
  }

  private static int orDefault(int count, int fallback) {
    return count == 0 ? fallback : count;
  }
}
