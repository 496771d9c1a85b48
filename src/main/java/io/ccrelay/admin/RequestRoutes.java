package io.ccrelay.admin;

import io.ccrelay.cache.CacheOutcome;
import io.ccrelay.metrics.PriceTable;
import io.ccrelay.metrics.RequestJournal;
import io.ccrelay.metrics.RequestJournal.Line;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The last requests, in pages. Confined to the verticle's context. */
final class RequestRoutes {

  private static final int PAGE = 50;
  private static final int LARGEST_PAGE = 500;
  private static final String OUTCOMES =
      Stream.of(CacheOutcome.values()).map(CacheOutcome::token).collect(Collectors.joining(", "));

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
    if (!outcomeIsKnown(context)) {
      Replies.error(
          context, 400, "invalid_request_error", "outcome is one of " + OUTCOMES + " or empty.");
      return;
    }
    Replies.json(context, 200, page(context, before.getAsLong(), (int) limit.getAsLong()));
  }

  private JsonObject page(RoutingContext context, long before, int limit) {
    List<Line> lines =
        journal.before(before, RequestJournal.DEFAULT_ROOM).stream()
            .filter(line -> wanted(context, line))
            .limit(limit + 1L)
            .toList();
    List<Line> shown = lines.subList(0, Math.min(limit, lines.size()));
    var body = new JsonObject().put("requests", LineReport.of(shown, prices));
    return lines.size() > limit ? body.put("next", shown.getLast().number()) : body;
  }

  private static boolean outcomeIsKnown(RoutingContext context) {
    String wanted = context.request().getParam("outcome", "");
    return wanted.isEmpty()
        || Stream.of(CacheOutcome.values()).anyMatch(one -> one.token().equals(wanted));
  }

  private static boolean wanted(RoutingContext context, Line line) {
    var request = context.request();
    return matches(request.getParam("outcome"), line.answered().outcome().token())
        && matches(request.getParam("model"), line.answered().model())
        && matches(request.getParam("route"), line.answered().route())
        && matches(request.getParam("scope"), line.answered().scopeLabel());
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
