package io.ccrelay.admin;

import io.ccrelay.semantic.SemanticReport;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/** The JSON form of the semantic cache's counters. */
final class SemanticStats {

  private SemanticStats() {}

  static JsonObject of(SemanticReport report) {
    return new JsonObject()
        .put("mode", report.mode())
        .put("questions", report.questions())
        .put("bytesUsed", report.bytes())
        .put("asked", report.asked())
        .put("matched", report.matched())
        .put("served", report.served())
        .put("labels", report.labels())
        .put("wrong", report.wrong())
        .put("wrongBound", report.bound())
        .put("serving", report.serving())
        .put("quarantined", report.quarantined())
        .put("nothingFound", counts(report.absences()))
        .put("vetoes", counts(report.vetoes()))
        .put("failures", counts(report.failures()));
  }

  private static JsonObject counts(Map<String, Long> counts) {
    var json = new JsonObject();
    new TreeMap<>(counts).forEach(json::put);
    return json;
  }
}
