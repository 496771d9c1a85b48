package io.ccrelay.admin;

import io.ccrelay.cache.Stats;
import io.ccrelay.metrics.MeterSnapshot;
import io.vertx.core.json.JsonObject;

/** The JSON form of the counters: the store's, and those of the requests. */
final class StatsReport {

  private StatsReport() {}

  static JsonObject of(Stats store, MeterSnapshot meters) {
    var requests = new JsonObject();
    meters.requests().forEach((outcome, count) -> requests.put(outcome.token(), count));
    return new JsonObject()
        .put("hits", store.hits())
        .put("misses", store.misses())
        .put("keyCount", store.keyCount())
        .put("bytesUsed", store.bytesUsed())
        .put("evictions", store.evictions())
        .put("hitRate", store.hitRate())
        .put("requests", requests)
        .put("requestsTotal", meters.total())
        .put("savedInputTokens", meters.saved().inputTokens())
        .put("savedOutputTokens", meters.saved().outputTokens())
        .put("upstreamCallsAvoided", meters.upstreamCallsAvoided());
  }
}
