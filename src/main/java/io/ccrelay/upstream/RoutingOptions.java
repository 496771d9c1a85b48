package io.ccrelay.upstream;

import java.time.Duration;
import java.util.Map;

/**
 * The {@code routing} and {@code health} sections, read and checked; the first enabled provider of
 * a path's dialect serves until strategies exist.
 *
 * @param strategy name of the strategy
 * @param failoverTimeout bound of in-request failover
 * @param debug whether debug headers are sent
 * @param modelMapping model prefix to provider
 * @param defaultProvider fallback of model-based routing, may be empty
 * @param healthCheckEnabled whether providers are probed
 * @param healthCheckInterval time between probes
 * @param failureThreshold consecutive failures that open a breaker
 * @param openDuration how long a breaker stays open
 * @param halfOpenProbes consecutive successes that close it
 */
public record RoutingOptions(
    String strategy,
    Duration failoverTimeout,
    boolean debug,
    Map<String, String> modelMapping,
    String defaultProvider,
    boolean healthCheckEnabled,
    Duration healthCheckInterval,
    int failureThreshold,
    Duration openDuration,
    int halfOpenProbes) {

  /** The documented defaults. */
  public static final RoutingOptions DEFAULTS =
      new RoutingOptions(
          "failover",
          Duration.ofSeconds(5),
          false,
          Map.of(),
          "",
          true,
          Duration.ofSeconds(10),
          5,
          Duration.ofSeconds(30),
          3);

  /** Makes the map immutable. */
  public RoutingOptions {
    modelMapping = Map.copyOf(modelMapping);
  }
}
