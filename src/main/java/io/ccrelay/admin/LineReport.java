package io.ccrelay.admin;

import io.ccrelay.cache.Key;
import io.ccrelay.metrics.Answered;
import io.ccrelay.metrics.PriceTable;
import io.ccrelay.metrics.RequestJournal.Line;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The JSON form of lines of the journal. */
final class LineReport {

  private LineReport() {}

  static JsonArray of(List<Line> lines, PriceTable prices) {
    var array = new JsonArray();
    lines.forEach(line -> array.add(of(line, prices)));
    return array;
  }

  private static JsonObject of(Line line, PriceTable prices) {
    Answered answered = line.answered();
    return new JsonObject()
        .put("number", line.number())
        .put("at", line.at().toString())
        .put("route", answered.route())
        .put("outcome", answered.outcome().token())
        .put("reason", answered.reason())
        .put("status", answered.status())
        .put("durationMicros", answered.nanos() / 1000)
        .put("model", answered.model())
        .put("key", answered.key().map(Key::hex).orElse(""))
        .put("scope", answered.scopeLabel())
        .put("savedInputTokens", answered.saved().inputTokens())
        .put("savedOutputTokens", answered.saved().outputTokens())
        .put("savedCost", prices.of(answered.model(), answered.saved()));
  }
}
