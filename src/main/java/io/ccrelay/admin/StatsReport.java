package io.ccrelay.admin;

import io.ccrelay.cache.Stats;
import io.ccrelay.cache.StatsPoll;
import io.ccrelay.metrics.MeterSnapshot;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The JSON form of the counters: the store's, and those of the requests. */
final class StatsReport {

  private StatsReport() {}

  static JsonObject of(Stats store, MeterSnapshot meters) {
    var requests = new JsonObject();
    meters.requests().forEach((outcome, count) -> requests.put(outcome.token(), count));
    return of(store)
        .put("requests", requests)
        .put("requestsTotal", meters.total())
        .put("savedInputTokens", meters.saved().inputTokens())
        .put("savedOutputTokens", meters.saved().outputTokens())
        .put("upstreamCallsAvoided", meters.upstreamCallsAvoided());
  }

  /** The counters of a cluster, added up and one by one. */
  static JsonObject of(List<StatsPoll.Answer> answers) {
    var members = new JsonArray();
    answers.forEach(answer ->
        members.add(
            answer
                .stats()
                .map(StatsReport::of)
                .orElseGet(JsonObject::new)
                .put("member", answer.member())
                .put("answered", answer.stats().isPresent())));
    return of(StatsPoll.sum(answers)).put("members", members);
  }

  private static JsonObject of(Stats store) {
    return new JsonObject()
        .put("hits", store.hits())
        .put("misses", store.misses())
        .put("keyCount", store.keyCount())
        .put("bytesUsed", store.bytesUsed())
        .put("evictions", store.evictions())
        .put("hitRate", store.hitRate());
  }
}
