package io.ccrelay.admin;

import io.ccrelay.cache.PurgeReport;
import io.ccrelay.cache.PurgeSelector;
import io.ccrelay.cache.Purger;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import org.slf4j.spi.LoggingEventBuilder;

/** {@code POST /admin/cache/purge}. Confined to the verticle's context. */
final class PurgeRoutes {

  private final Purger purger;
  private final PolicyValues values;

  PurgeRoutes(Purger purger, PolicyValues values) {
    this.purger = purger;
    this.values = values;
  }

  void mount(Router router) {
    router.post("/admin/cache/purge").handler(this::purge);
  }

  private void purge(RoutingContext context) {
    if (!isJson(context.request().getHeader(HttpHeaders.CONTENT_TYPE))) {
      Replies.error(
          context, 415, "invalid_request_error", "Send a JSON object as application/json.");
      return;
    }
    switch (PurgeOrder.parse(context.body().buffer())) {
      case PurgeOrder.Unreadable(String why) ->
          Replies.error(context, 400, "invalid_request_error", why);
      case PurgeOrder.External(boolean countOnly) ->
          values
              .emptyExternal(countOnly)
              .ifPresentOrElse(
                  emptied -> emptied(context, countOnly, emptied),
                  () ->
                      Replies.error(
                          context, 400, "invalid_request_error", "There is no external cache."));
      case PurgeOrder.Ask(PurgeSelector selector, boolean dryRun) ->
          (dryRun ? purger.count(selector) : purger.purge(selector))
              .onSuccess(report -> answer(context, report))
              .onFailure(failure -> failed(context, selector, dryRun, failure));
    }
  }

  /** A server that does not answer leaves what is in it; whoever asked may ask again. */
  private static void emptied(RoutingContext context, boolean countOnly, Future<Long> emptied) {
    emptied
        .onSuccess(count -> {
          if (!countOnly) {
            audit(context, count);
          }
          Replies.json(
              context,
              200,
              new JsonObject()
                  .put("selector", new JsonObject().put(PurgeOrder.EXTERNAL, true))
                  .put("dryRun", countOnly)
                  .put("matched", count)
                  .put("removed", countOnly ? 0 : count));
        })
        .onFailure(
            _ -> Replies.error(context, 503, "api_error", "The external cache does not answer."));
  }

  private static void audit(RoutingContext context, long count) {
    Audit.line(context, "cache.purge", "removed " + count)
        .addKeyValue("selector", PurgeOrder.EXTERNAL)
        .log("external cache emptied by an administrator");
  }

  /** A page of another origin can send plain text unasked, but not this (Fetch, CORS safelist). */
  private static boolean isJson(String type) {
    return type != null
        && type.strip().toLowerCase(Locale.ROOT).matches("application/json\\s*(;.*)?");
  }

  private static void failed(
      RoutingContext context, PurgeSelector selector, boolean dryRun, Throwable failure) {
    if (!dryRun) {
      audit(context, selector, "failed").log("entries not purged");
    }
    context.fail(failure);
  }

  private void answer(RoutingContext context, PurgeReport report) {
    if (!report.dryRun()) {
      String result = report.missing().isEmpty() ? "purged" : "purged-partly";
      audit(context, report.record().selector(), result)
          .addKeyValue("generation", report.record().generation())
          .log("entries purged by an administrator");
    }
    Replies.json(context, 200, json(report));
  }

  private static JsonObject json(PurgeReport report) {
    PurgeSelector selector = report.record().selector();
    Object value = selector.kind() == PurgeSelector.Kind.ALL ? true : selector.value();
    return new JsonObject()
        .put("selector", new JsonObject().put(selector.kind().token(), value))
        .put("dryRun", report.dryRun())
        .put("generation", report.record().generation())
        .put("matched", report.matched())
        .put("removed", report.removed())
        .put("complete", report.complete())
        .put("durable", report.durable())
        .put(
            "members",
            new JsonObject()
                .put("acknowledged", new JsonArray(report.acknowledged()))
                .put("missing", new JsonArray(report.missing())));
  }

  private static LoggingEventBuilder audit(
      RoutingContext context, PurgeSelector selector, String result) {
    return Audit.line(context, "cache.purge", result)
        .addKeyValue("selector", selector.kind().token())
        .addKeyValue("value", shown(selector));
  }

  /** A key in full would let whoever reads the log ask for the entry. */
  private static String shown(PurgeSelector selector) {
    String value = selector.value();
    return selector.kind() == PurgeSelector.Kind.KEY && value.length() > 12
        ? value.substring(0, 12)
        : value;
  }
}
