package io.ccrelay.semantic.embedding;

import io.ccrelay.semantic.Embedder;
import io.ccrelay.semantic.Embedding;
import io.ccrelay.semantic.EmbeddingException;
import io.ccrelay.semantic.EmbeddingException.Reason;
import io.ccrelay.semantic.SemanticOptions.EmbedderOptions;
import io.ccrelay.semantic.SemanticOptions.EmbedderType;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Embeds by a service that speaks like OpenAI's {@code /v1/embeddings}. Safe for use from any
 * context; its state is confined to one.
 *
 * <p>A few requests are under way at most; what is asked meanwhile waits in a bounded queue and
 * goes as a batch with the next. The service is not trusted: an answer with too few vectors, with
 * one that has no direction, or with other dimensions than the first answer had, is malformed.
 */
public final class HttpEmbedder implements Embedder {

  private static final int MOST_REQUESTS = 4;

  private record Waiting(String text, Promise<Embedding> promise) {}

  private final EmbedderOptions options;
  private final JsonService service;
  private final Vertx vertx;
  private final Context context;
  private final Duration timeout;
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private int requests;
  private int dimensions;

  /** An embedder as {@code options} say; {@code timeout} is the longest wait of one caller. */
  public HttpEmbedder(Vertx vertx, EmbedderOptions options, Duration timeout) {
    this(
        vertx,
        options,
        timeout,
        new JsonService(vertx, options.baseUrl() + "/embeddings", options.key(), timeout));
  }

  private HttpEmbedder(
      Vertx vertx, EmbedderOptions options, Duration timeout, JsonService service) {
    this.vertx = vertx;
    this.options = options;
    this.timeout = timeout;
    this.context = vertx.getOrCreateContext();
    this.service = service;
  }

  /**
   * An embedder whose service has the address {@code url} and is sent {@code headers}, asked for at
   * every request; which model it has, the address says.
   */
  public static HttpEmbedder at(
      Vertx vertx, String url, Supplier<Map<String, String>> headers, Duration timeout) {
    EmbedderOptions usual = EmbedderOptions.DEFAULTS;
    var options =
        new EmbedderOptions(
            EmbedderType.HTTP, url, "", "", usual.workers(), usual.queue(), usual.batch());
    return new HttpEmbedder(vertx, options, timeout, new JsonService(vertx, url, headers, timeout));
  }

  @Override
  public String identity() {
    return "http:" + options.baseUrl() + " " + options.model();
  }

  @Override
  public Future<Embedding> embed(String text) {
    Context caller = vertx.getOrCreateContext();
    Promise<Embedding> answer = Promise.promise();
    long timer =
        vertx.setTimer(
            timeout.toMillis(), _ -> answer.tryFail(new EmbeddingException(Reason.TIMEOUT)));
    Promise<Embedding> inner = Promise.promise();
    inner
        .future()
        .onComplete(result ->
            caller.runOnContext(_ -> {
              vertx.cancelTimer(timer);
              if (result.succeeded()) {
                answer.tryComplete(result.result());
              } else {
                answer.tryFail(result.cause());
              }
            }));
    context.runOnContext(_ -> enqueue(new Waiting(LocalEmbedder.wellFormed(text), inner)));
    return answer.future();
  }

  private void enqueue(Waiting waiting) {
    if (queue.size() >= options.queue()) {
      waiting.promise().fail(new EmbeddingException(Reason.BUSY));
      return;
    }
    queue.add(waiting);
    send();
  }

  private void send() {
    if (requests >= MOST_REQUESTS || queue.isEmpty()) {
      return;
    }
    var batch = new ArrayList<Waiting>();
    while (!queue.isEmpty() && batch.size() < options.batch()) {
      batch.add(queue.remove());
    }
    requests++;
    var input = new JsonArray();
    batch.forEach(each -> input.add(each.text()));
    var body = new JsonObject().put("input", input).put("encoding_format", "float");
    if (!options.model().isEmpty()) {
      body.put("model", options.model());
    }
    service.post(body).onComplete(answer -> context.runOnContext(_ -> answered(batch, answer)));
  }

  private void answered(List<Waiting> batch, io.vertx.core.AsyncResult<JsonObject> answer) {
    requests--;
    if (answer.succeeded()) {
      deliver(batch, answer.result());
    } else {
      batch.forEach(each -> each.promise().fail(answer.cause()));
    }
    send();
  }

  private void deliver(List<Waiting> batch, JsonObject answer) {
    List<Embedding> vectors = EmbeddingsAnswer.read(answer, batch.size());
    for (int i = 0; i < batch.size(); i++) {
      if (vectors.isEmpty() || !fits(vectors.get(i))) {
        batch.get(i).promise().fail(new EmbeddingException(Reason.MALFORMED));
      } else {
        batch.get(i).promise().complete(vectors.get(i));
      }
    }
  }

  private boolean fits(Embedding vector) {
    if (dimensions == 0) {
      dimensions = vector.dimensions();
    }
    return vector.dimensions() == dimensions;
  }

  @Override
  public Future<Void> close() {
    return service.close();
  }
}
