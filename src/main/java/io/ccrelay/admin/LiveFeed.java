package io.ccrelay.admin;

import io.ccrelay.cache.Cache;
import io.ccrelay.cache.Stats;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What the dashboard draws, as server-sent events: the past quarter of an hour at once, then a
 * reading every second. The meters are read once a second however many watch; a watcher that does
 * not take its readings misses some. Confined to the verticle's context.
 */
final class LiveFeed {

  private static final long PERIOD_MILLIS = 1000;
  private static final int PAST = 900;
  private static final int MOST_WATCHERS = 32;

  private final Vertx vertx;
  private final AdminParts parts;
  private final Cache cache;
  private final long timer;
  private final Deque<JsonObject> past = new ArrayDeque<>();
  private final Set<HttpServerResponse> watchers = new LinkedHashSet<>();
  private long told;

  LiveFeed(Vertx vertx, AdminParts parts, Cache cache) {
    this.vertx = vertx;
    this.parts = parts;
    this.cache = cache;
    this.timer = vertx.setPeriodic(PERIOD_MILLIS, _ -> read());
  }

  void mount(Router router) {
    router.get("/admin/live").handler(this::watch);
  }

  void close() {
    vertx.cancelTimer(timer);
    watchers.forEach(it -> it.end());
    watchers.clear();
  }

  private void watch(RoutingContext context) {
    if (watchers.size() >= MOST_WATCHERS) {
      Replies.error(context, 503, "overloaded_error", "Too many are watching already.");
      return;
    }
    HttpServerResponse response = Replies.events(context);
    response.closeHandler(_ -> watchers.remove(response));
    response.exceptionHandler(_ -> watchers.remove(response));
    watchers.add(response);
    var _ = response.write(event("past", new JsonObject().put("readings", array())));
  }

  private JsonArray array() {
    var readings = new JsonArray();
    past.forEach(readings::add);
    return readings;
  }

  private void read() {
    cache.stats().onComplete(stats -> tell(stats.succeeded() ? stats.result() : Stats.ZERO));
  }

  private void tell(Stats store) {
    JsonObject reading = LiveReading.of(parts, store);
    past.addLast(reading);
    if (past.size() > PAST) {
      past.removeFirst();
    }
    var lines = parts.journal().latest(Math.clamp(parts.journal().newest() - told, 0, 50));
    told = parts.journal().newest();
    if (watchers.isEmpty()) {
      return;
    }
    String event =
        event(
            "reading",
            reading
                .copy()
                .mergeIn(LiveReading.totals(parts))
                .put("lines", LineReport.of(lines, parts.options().prices())));
    watchers.stream()
        .filter(it -> !it.writeQueueFull())
        .forEach(it -> {
          var _ = it.write(event);
        });
  }

  private static String event(String name, JsonObject data) {
    return "event: " + name + "\ndata: " + data.encode() + "\n\n";
  }
}
