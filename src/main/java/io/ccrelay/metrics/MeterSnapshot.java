package io.ccrelay.metrics;

import io.ccrelay.cache.CacheOutcome;
import io.ccrelay.cache.Usage;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The counters at one moment, since the process began.
 *
 * @param requests answers by how they were given; every outcome is present
 * @param models answers by model, as many models as are told apart
 * @param saved tokens that hits and followers did not buy
 */
public record MeterSnapshot(
    Map<CacheOutcome, Long> requests, Map<String, ModelReading> models, Usage saved) {

  /** Makes the maps immutable. */
  public MeterSnapshot {
    requests = Collections.unmodifiableMap(new EnumMap<>(requests));
    models = Map.copyOf(models);
  }

  /** Answers of all kinds. */
  public long total() {
    return requests.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Answers for which no upstream was asked. */
  public long upstreamCallsAvoided() {
    return at(CacheOutcome.HIT)
        + at(CacheOutcome.STALE)
        + at(CacheOutcome.COALESCED)
        + at(CacheOutcome.SEMANTIC);
  }

  private long at(CacheOutcome outcome) {
    return requests.getOrDefault(outcome, 0L);
  }
}
