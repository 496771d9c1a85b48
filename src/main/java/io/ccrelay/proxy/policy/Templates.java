package io.ccrelay.proxy.policy;

import io.ccrelay.policy.expression.value.JToken;
import io.ccrelay.policy.run.Answer;
import io.ccrelay.policy.run.Conversation;
import io.ccrelay.policy.run.Effect;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.Json;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import liqp.Template;
import liqp.TemplateParser;
import org.jspecify.annotations.Nullable;

/**
 * Renders Liquid templates on a worker, within bounds of time and size. Safe for use from any
 * context.
 */
final class Templates {

  private static final int MOST_MILLIS = 200;
  private static final int MOST_CHARACTERS = 1 << 20;

  private final Vertx vertx;

  /** Made by the first template: its classes would take a good part of every start. */
  private static final class Shared {
    static final TemplateParser PARSER =
        new TemplateParser.Builder()
            .withMaxRenderTimeMillis(MOST_MILLIS)
            .withMaxSizeRenderedString(MOST_CHARACTERS)
            .build();
  }

  Templates(Vertx vertx) {
    this.vertx = vertx;
  }

  /** The model is taken here, before the worker runs. */
  Future<Answer> render(Effect.Render wish) {
    Map<String, Object> model = model(wish.model(), wish.emptyBody());
    return vertx
        .executeBlocking(
            () -> {
              Template template = Shared.PARSER.parse(wish.template());
              return template.render(model);
            },
            false)
        .timeout(10L * MOST_MILLIS, TimeUnit.MILLISECONDS)
        .<Answer>map(Answer.Text::new)
        .otherwise(failure ->
            new Answer.Broken("LiquidTemplateFailure", String.valueOf(failure.getMessage())));
  }

  private static Map<String, Object> model(Conversation conversation, boolean emptyBody) {
    var model = new HashMap<String, Object>();
    model.put("body", emptyBody ? "" : body(conversation));
    model.put("context", context(conversation));
    return model;
  }

  private static Object body(Conversation conversation) {
    var held = conversation.currentBody();
    try {
      return Json.decodeValue(held.toUtf8()) instanceof io.vertx.core.json.JsonObject object
          ? object.getMap()
          : Json.decodeValue(held.toUtf8()) instanceof io.vertx.core.json.JsonArray array
              ? array.getList()
              : held.toUtf8();
    } catch (RuntimeException notJson) {
      return held.toUtf8();
    }
  }

  private static Map<String, Object> context(Conversation conversation) {
    var request = conversation.request();
    var variables = new LinkedHashMap<String, @Nullable Object>();
    conversation.variables().forEach((name, value) -> variables.put(name, plain(value)));
    return Map.of(
        "Request",
            Map.of(
                "Method", request.method(),
                "Url", request.url().toString(),
                "OriginalUrl", request.originalUrl().toString(),
                "IpAddress", request.ipAddress(),
                "Headers", headers(request.headers()),
                "MatchedParameters", request.matchedParameters()),
        "Response",
            Map.of(
                "StatusCode", conversation.response().statusCode(),
                "Headers", headers(conversation.response().headers())),
        "Variables", variables,
        "Api", Map.of("Id", conversation.api().id(), "Name", conversation.api().name()),
        "Operation", Map.of("Id", conversation.operation().id()));
  }

  private static Map<String, String> headers(io.ccrelay.http.Fields fields) {
    var headers = new HashMap<String, String>();
    fields.forEach(
        line -> headers.merge(line.name(), line.value(), (one, other) -> one + "," + other));
    return headers;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return value instanceof JToken token ? token.toString() : value;
  }
}
