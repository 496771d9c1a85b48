package io.ccrelay.proxy.policy;

import io.ccrelay.policy.expression.value.JToken;
import io.ccrelay.policy.run.Answer;
import io.ccrelay.policy.run.Conversation;
import io.ccrelay.policy.run.Effect;
import io.ccrelay.policy.run.XmlReader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  /** JSON and XML as their parts, whatever else as text. */
  private static Object body(Conversation conversation) {
    String text = conversation.currentBody().toUtf8();
    try {
      return conversation.currentType().contains("xml")
          ? anyCase(parts(XmlReader.toJson(text, true, false)))
          : parts(text);
    } catch (RuntimeException neither) {
      return text;
    }
  }

  private static Object parts(String json) {
    return switch (Json.decodeValue(json)) {
      case JsonObject object -> object.getMap();
      case JsonArray array -> array.getList();
      case null, default -> json;
    };
  }

  /** Templates name XML elements in whatever case: {@code body.envelope} is {@code Envelope}. */
  private static Object anyCase(Object part) {
    return switch (part) {
      case Map<?, ?> object -> {
        var members = new TreeMap<String, @Nullable Object>(String.CASE_INSENSITIVE_ORDER);
        object.forEach((name, value) ->
            members.put(String.valueOf(name), value == null ? null : anyCase(value)));
        yield members;
      }
      case List<?> items -> items.stream().map(item -> item == null ? "" : anyCase(item)).toList();
      default -> part;
    };
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
