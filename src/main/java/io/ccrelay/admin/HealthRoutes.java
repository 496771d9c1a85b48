package io.ccrelay.admin;

import io.ccrelay.cache.ClusterReport;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The probes. Alive: this event loop answers. Ready: the relay listens, is not draining, and its
 * cluster has the members it needs; neither a cache that fails nor an upstream that is down makes
 * it unready, since requests are served without them.
 */
final class HealthRoutes {

  private final Supplier<Readiness> readiness;
  private final Supplier<Optional<ClusterReport>> cluster;

  HealthRoutes(Supplier<Readiness> readiness, Supplier<Optional<ClusterReport>> cluster) {
    this.readiness = readiness;
    this.cluster = cluster;
  }

  void mount(Router router) {
    router.get("/health").handler(this::alive);
    router.head("/health").handler(this::alive);
    router.get("/health/live").handler(this::alive);
    router.head("/health/live").handler(this::alive);
    router.get("/health/ready").handler(this::ready);
    router.head("/health/ready").handler(this::ready);
  }

  private void alive(RoutingContext context) {
    Replies.json(context, 200, new JsonObject().put("status", "ok"));
  }

  private void ready(RoutingContext context) {
    Readiness now = readiness.get();
    int status = now == Readiness.READY ? 200 : 503;
    var answer = new JsonObject().put("status", now.token());
    cluster.get().ifPresent(report -> answer.put("cluster", ClusterRoutes.brief(report)));
    Replies.json(context, status, answer);
  }
}
