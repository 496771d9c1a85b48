package io.ccrelay.admin;

import io.ccrelay.cache.Key;
import io.ccrelay.llm.ExplainRequest;
import io.ccrelay.llm.Explanation;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code POST /admin/cache/explain}: the request to explain as {@code {"path", "query", "headers",
 * "body"}}, the body as JSON or, where its exact bytes matter, as a string that holds them.
 * Confined to the verticle's context.
 */
final class ExplainRoutes {

  private static final long MOST_BODY_BYTES = 16 << 20;

  private final Function<ExplainRequest, Future<Explanation>> explainer;

  ExplainRoutes(Function<ExplainRequest, Future<Explanation>> explainer) {
    this.explainer = explainer;
  }

  void mount(Router router) {
    router
        .post("/admin/cache/explain")
        .handler(BodyHandler.create(false).setBodyLimit(MOST_BODY_BYTES))
        .handler(this::explain);
  }

  private void explain(RoutingContext context) {
    Optional<ExplainRequest> request =
        Optional.ofNullable(context.body().buffer()).flatMap(ExplainRoutes::read);
    if (request.isEmpty()) {
      Replies.error(
          context,
          400,
          "invalid_request_error",
          "Expected a JSON object with path, headers (an object of strings) and body.");
      return;
    }
    explainer
        .apply(request.get())
        .onSuccess(explanation -> Replies.json(context, 200, of(explanation)))
        .onFailure(context::fail);
  }

  private static Optional<ExplainRequest> read(Buffer body) {
    try {
      return Optional.of(AskedRequest.read(LineOf.object(body)));
    } catch (IllegalArgumentException notSuchAnObject) {
      return Optional.empty();
    }
  }

  private static JsonObject of(Explanation explanation) {
    var body =
        new JsonObject()
            .put("outcome", explanation.outcome().token())
            .put("reason", explanation.reason())
            .put("key", explanation.key().map(Key::hex).orElse(""))
            .put("ignored", new JsonArray(explanation.ignored()));
    explanation
        .nearest()
        .ifPresent(nearest ->
            body.put(
                "nearest",
                new JsonObject()
                    .put("key", nearest.key().hex())
                    .put("differs", new JsonArray(nearest.differences()))));
    explanation
        .similar()
        .ifPresent(similar ->
            body.put(
                "similar",
                new JsonObject()
                    .put("key", similar.key().hex())
                    .put("similarity", similar.similarity())
                    .put("against", new JsonArray(similar.against()))));
    return body;
  }
}
