package io.ccrelay.admin;

import io.ccrelay.cache.ClusterReport;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** What this node knows of its cluster. Confined to the verticle's context. */
final class ClusterRoutes {

  private final Supplier<Optional<ClusterReport>> cluster;

  ClusterRoutes(Supplier<Optional<ClusterReport>> cluster) {
    this.cluster = cluster;
  }

  void mount(Router router) {
    router.get("/admin/cluster").handler(this::describe);
  }

  private void describe(RoutingContext context) {
    Replies.json(
        context,
        200,
        cluster
            .get()
            .map(ClusterRoutes::json)
            .orElseGet(
                () -> new JsonObject().put("state", "none").put("members", new JsonArray())));
  }

  private static JsonObject json(ClusterReport report) {
    return new JsonObject()
        .put("state", report.state().token())
        .put("self", report.self())
        .put("coordinator", report.coordinator())
        .put("members", new JsonArray(report.members().stream().map(it -> member(it)).toList()))
        .put("owners", report.owners())
        .put("membersNeeded", report.needed())
        .put("lastMerge", report.lastMerge().map(Instant::toString).orElse(null))
        .put("secured", report.secured())
        .put("complaints", new JsonArray(report.complaints()));
  }

  private static JsonObject member(ClusterReport.Member member) {
    return new JsonObject()
        .put("name", member.name())
        .put("address", member.address())
        .put("version", member.version())
        .put("keys", member.keys())
        .put("bytes", member.bytes());
  }

  /** The part of the probe's answer about the cluster. */
  static JsonObject brief(ClusterReport report) {
    return new JsonObject()
        .put("state", report.state().token())
        .put("members", report.members().size())
        .put("membersNeeded", report.needed());
  }
}
