package io.ccrelay.admin;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;

/**
 * The probes. Alive: this event loop answers. Ready: the relay listens and is not draining; neither
 * the cache nor an upstream that is down makes it unready, since requests are served without them.
 */
final class HealthRoutes {

  private final Supplier<Readiness> readiness;

  HealthRoutes(Supplier<Readiness> readiness) {
    this.readiness = readiness;
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
    Replies.json(context, status, new JsonObject().put("status", now.token()));
  }
}
