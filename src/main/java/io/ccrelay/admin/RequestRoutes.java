package io.ccrelay.admin;

import io.ccrelay.metrics.PriceTable;
import io.ccrelay.metrics.RequestJournal;
import io.ccrelay.metrics.RequestJournal.Line;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The last requests, in pages. Confined to the verticle's context. */
final class RequestRoutes {

  private static final int PAGE = 50;
  private static final int LARGEST_PAGE = 500;

  private final RequestJournal journal;
  private final PriceTable prices;

  RequestRoutes(RequestJournal journal, PriceTable prices) {
    this.journal = journal;
    this.prices = prices;
  }

  void mount(Router router) {
    router.get("/admin/requests").handler(this::list);
  }

  private void list(RoutingContext context) {
    OptionalLong before = number(context, "before", Long.MAX_VALUE);
    OptionalLong limit = number(context, "limit", PAGE);
    if (before.isEmpty() || limit.isEmpty() || limit.getAsLong() > LARGEST_PAGE) {
      Replies.error(
          context,
          400,
          "invalid_request_error",
          "before and limit are positive numbers, limit at most " + LARGEST_PAGE + ".");
      return;
    }
    List<Line> lines =
        journal.before(before.getAsLong(), RequestJournal.DEFAULT_ROOM).stream()
            .filter(line -> wanted(context, line))
            .limit(limit.getAsLong())
            .toList();
    var body = new JsonObject().put("requests", LineReport.of(lines, prices));
    if (lines.size() == limit.getAsLong()) {
      body.put("next", lines.getLast().number());
    }
    Replies.json(context, 200, body);
  }

  private static boolean wanted(RoutingContext context, Line line) {
    var request = context.request();
    return matches(request.getParam("outcome"), line.answered().outcome().token())
        && matches(request.getParam("model"), line.answered().model())
        && matches(request.getParam("route"), line.answered().route());
  }

  private static boolean matches(@org.jspecify.annotations.Nullable String wanted, String value) {
    return wanted == null || wanted.isEmpty() || wanted.equals(value);
  }

  private static OptionalLong number(RoutingContext context, String name, long otherwise) {
    Optional<String> text = Optional.ofNullable(context.request().getParam(name));
    try {
      long value = text.map(Long::parseLong).orElse(otherwise);
      return value > 0 ? OptionalLong.of(value) : OptionalLong.empty();
    } catch (NumberFormatException notNumber) {
      return OptionalLong.empty();
    }
  }
}
