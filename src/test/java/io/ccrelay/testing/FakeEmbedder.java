package io.ccrelay.testing;

import io.ccrelay.semantic.Embedder;
import io.ccrelay.semantic.Embedding;
import io.ccrelay.semantic.EmbeddingException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Embeds texts by the words in them: texts with the same words, whatever their order, are the same.
 * Can be told to do something else. Safe for use from any thread.
 */
public final class FakeEmbedder implements Embedder {

  private static final int DIMENSIONS = 64;

  private final AtomicInteger asked = new AtomicInteger();
  private volatile Function<String, Future<Embedding>> act =
      text -> Future.succeededFuture(FakeEmbedder.of(text));

  /** The vector of the words in {@code text}. */
  public static Embedding of(String text) {
    var vector = new float[DIMENSIONS];
    vector[0] = 0.1f;
    for (String word : text.toLowerCase(Locale.ROOT).split("\\W+")) {
      vector[Math.floorMod(word.hashCode(), DIMENSIONS)] += 1;
    }
    return Embedding.of(vector).orElseThrow();
  }

  /** A service that embeds every input in this way, as OpenAI's do. */
  public static FakeUpstream.Answer service() {
    return (seen, response) -> {
      var data = new JsonArray();
      for (Object input : new JsonObject(seen.body()).getJsonArray("input")) {
        var embedding = of(String.valueOf(input));
        var numbers = new float[embedding.dimensions()];
        embedding.copyTo(numbers, 0);
        var vector = new JsonArray();
        for (float number : numbers) {
          vector.add(number);
        }
        data.add(new JsonObject().put("index", data.size()).put("embedding", vector));
      }
      response.end(new JsonObject().put("data", data).encode());
    };
  }

  /** From now on does {@code instead}. */
  public void act(Function<String, Future<Embedding>> instead) {
    act = instead;
  }

  /** From now on fails for {@code reason}. */
  public void fail(EmbeddingException.Reason reason) {
    act = _ -> Future.failedFuture(new EmbeddingException(reason));
  }

  /** How often it was asked. */
  public int asked() {
    return asked.get();
  }

  @Override
  public String identity() {
    return "fake";
  }

  @Override
  public Future<Embedding> embed(String text) {
    asked.incrementAndGet();
    return act.apply(text);
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
