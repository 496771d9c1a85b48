package io.ccrelay.admin;

import io.ccrelay.cache.Stats;
import io.ccrelay.metrics.MeterSnapshot;
import io.ccrelay.metrics.ModelReading;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** The JSON form of the meters at one moment. */
final class LiveReading {

  private LiveReading() {}

  /** What is drawn over time. */
  static JsonObject of(AdminParts parts, Stats store) {
    MeterSnapshot now = parts.meters().snapshot();
    var requests = new JsonObject();
    now.requests().forEach((outcome, count) -> requests.put(outcome.token(), count));
    var latency = new JsonObject();
    parts
        .meters()
        .latencies()
        .forEach((outcome, reading) -> {
          if (reading.count() > 0) {
            latency.put(
                outcome.token(),
                new JsonObject()
                    .put("count", reading.count())
                    .put("p50Micros", reading.p50Micros())
                    .put("p99Micros", reading.p99Micros()));
          }
        });
    return new JsonObject()
        .put("at", parts.clock().millis())
        .put("requests", requests)
        .put("latency", latency)
        .put("keyCount", store.keyCount())
        .put("bytesUsed", store.bytesUsed())
        .put("evictions", store.evictions());
  }

  /** What is shown as it is now. */
  static JsonObject totals(AdminParts parts) {
    MeterSnapshot now = parts.meters().snapshot();
    var upstreams = new JsonObject();
    parts.meters().upstreams().forEach((name, results) -> upstreams.put(name, object(results)));
    return new JsonObject()
        .put("readiness", parts.readiness().get().token())
        .put("requestsTotal", now.total())
        .put("upstreamCallsAvoided", now.upstreamCallsAvoided())
        .put("savedInputTokens", now.saved().inputTokens())
        .put("savedOutputTokens", now.saved().outputTokens())
        .put("savedCost", cost(parts, now.models()))
        .put("priced", !parts.options().prices().rows().isEmpty())
        .put("models", models(parts, now.models()))
        .put("upstreams", upstreams);
  }

  private static JsonArray models(AdminParts parts, Map<String, ModelReading> models) {
    var array = new JsonArray();
    models.forEach((name, it) ->
        array.add(
            new JsonObject()
                .put("model", name)
                .put("requests", it.requests())
                .put("avoided", it.avoided())
                .put("savedInputTokens", it.saved().inputTokens())
                .put("savedOutputTokens", it.saved().outputTokens())
                .put("savedCost", parts.options().prices().of(name, it.saved()))));
    return array;
  }

  private static double cost(AdminParts parts, Map<String, ModelReading> models) {
    return models.entrySet().stream()
        .mapToDouble(it -> parts.options().prices().of(it.getKey(), it.getValue().saved()))
        .sum();
  }

  private static JsonObject object(Map<String, Long> counts) {
    var object = new JsonObject();
    counts.forEach(object::put);
    return object;
  }
}
