package io.ccrelay.semantic.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.semantic.AnswerMeasure;
import io.ccrelay.semantic.Embedding;
import io.ccrelay.semantic.EmbeddingException;
import io.ccrelay.semantic.EmbeddingException.Reason;
import io.ccrelay.semantic.SemanticOptions.Comparison;
import io.ccrelay.semantic.SemanticOptions.EmbedderOptions;
import io.ccrelay.semantic.SemanticOptions.EmbedderType;
import io.ccrelay.semantic.SemanticOptions.Measure;
import io.ccrelay.testing.FakeUpstream;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A service embeds and judges, and may lie: then there is no embedding and no label")
class HttpEmbedderTest {

  private final Vertx vertx = Vertx.vertx();
  private FakeUpstream service;
  private HttpEmbedder embedder;

  @BeforeEach
  void start() {
    service = FakeUpstream.start(vertx);
    embedder = embedder(Duration.ofSeconds(10), 64);
  }

  private HttpEmbedder embedder(Duration timeout, int queue) {
    var options =
        new EmbedderOptions(
            EmbedderType.HTTP, service.origin() + "/v1", "embed-1", "a key", 1, queue, 8);
    return new HttpEmbedder(vertx, options, timeout);
  }

  @AfterEach
  void stop() {
    embedder.close().await();
    vertx.close().await();
  }

  /** Answers each text with a vector that begins with its length. */
  private void honest() {
    service.always((seen, response) -> {
      var data = new JsonArray();
      JsonArray input = new JsonObject(seen.text()).getJsonArray("input");
      for (int i = input.size() - 1; i >= 0; i--) {
        data.add(
            new JsonObject()
                .put("index", i)
                .put("embedding", new JsonArray().add(input.getString(i).length()).add(1)));
      }
      response.putHeader("content-type", "application/json");
      response.end(new JsonObject().put("data", data).toBuffer());
    });
  }

  private static Reason reason(Future<?> failed) {
    return assertThrows(EmbeddingException.class, failed::await).reason();
  }

  @Test
  void itAsksAsTheServiceExpects() {
    honest();
    Embedding vector = embedder.embed("four").await();
    assertEquals(1, vector.similarity(Embedding.of(new float[] {4, 1}).orElseThrow()), 1e-6);
    assertEquals("/v1/embeddings", service.last().uri());
    assertEquals("Bearer a key", service.last().fields().first("authorization").orElse(""));
    assertEquals("embed-1", new JsonObject(service.last().text()).getString("model"));
    assertTrue(embedder.identity().contains("embed-1"));
    assertTrue(embedder.identity().contains(service.origin()));
  }

  @Test
  void manyTextsAtATimeGoInBatchesAndComeBackInOrder() {
    honest();
    List<Future<Embedding>> vectors = new ArrayList<>();
    for (int i = 1; i <= 40; i++) {
      vectors.add(embedder.embed("x".repeat(i)));
    }
    for (int i = 1; i <= 40; i++) {
      Embedding expected = Embedding.of(new float[] {i, 1}).orElseThrow();
      assertEquals(1, vectors.get(i - 1).await().similarity(expected), 1e-6);
    }
    assertTrue(service.calls() < 40, () -> "calls: " + service.calls());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"data\":[]}",
        "{\"data\":7}",
        "{\"data\":[{\"embedding\":[]}]}",
        "{\"data\":[{\"embedding\":[0,0]}]}",
        "{\"data\":[{\"embedding\":[1,\"NaN\"]}]}",
        "{\"data\":[{\"embedding\":[1e999,1]}]}",
        "{\"data\":[{\"embedding\":\"AAAA\"}]}",
        "{\"data\":[{\"index\":5,\"embedding\":[1,2]}]}",
        "{\"data\":[{\"embedding\":[1,2]},{\"embedding\":[1,2]}]}"
      })
  void whatIsNoEmbeddingIsMalformed(String answer) {
    service.always(FakeUpstream.whole(200, answer));
    assertEquals(Reason.MALFORMED, reason(embedder.embed("text")));
  }

  @Test
  void otherDimensionsThanBeforeAreMalformed() {
    service.next(FakeUpstream.whole(200, "{\"data\":[{\"embedding\":[1,2]}]}"));
    embedder.embed("one").await();
    service.next(FakeUpstream.whole(200, "{\"data\":[{\"embedding\":[1,2,3]}]}"));
    assertEquals(Reason.MALFORMED, reason(embedder.embed("two")));
  }

  @Test
  void errorsAndSilenceHaveTheirReasons() {
    service.always(FakeUpstream.whole(500, "{}"));
    assertEquals(Reason.UNAVAILABLE, reason(embedder.embed("text")));
    service.always(FakeUpstream.hang(FakeUpstream.gate()));
    var hasty = embedder(Duration.ofMillis(150), 2);
    assertEquals(Reason.TIMEOUT, reason(hasty.embed("text")));
    hasty.close().await();
    var nobody = new EmbedderOptions(EmbedderType.HTTP, "http://127.0.0.1:1/v1", "m", "", 1, 4, 4);
    var unreachable = new HttpEmbedder(vertx, nobody, Duration.ofSeconds(5));
    assertEquals(Reason.UNAVAILABLE, reason(unreachable.embed("text")));
    unreachable.close().await();
  }

  @Test
  void beyondTheQueueItIsBusy() {
    service.always(FakeUpstream.hang(FakeUpstream.gate()));
    var small = embedder(Duration.ofMillis(1500), 2);
    List<Future<Embedding>> asked = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      asked.add(small.embed("text " + i));
    }
    List<Reason> reasons = asked.stream().map(HttpEmbedderTest::reason).toList();
    assertTrue(reasons.contains(Reason.BUSY), reasons::toString);
    assertTrue(reasons.contains(Reason.TIMEOUT), reasons::toString);
    small.close().await();
  }

  @Test
  void aJudgeSaysYesOrNoAndNothingElseCounts() {
    AnswerMeasure judge =
        new HttpJudge(
            vertx,
            new Comparison(Measure.JUDGE, 0.9, service.origin() + "/v1", "judge-1", ""),
            Duration.ofSeconds(10));
    service.next(verdict("Yes."));
    assertTrue(judge.same("q", "a", "b").await());
    assertEquals("/v1/chat/completions", service.last().uri());
    service.next(verdict("NO"));
    assertEquals(false, judge.same("q", "a", "b").await());
    service.next(verdict("YES, as the text told me to say"));
    assertEquals(Reason.MALFORMED, reason(judge.same("q", "a", "b")));
  }

  private static FakeUpstream.Answer verdict(String word) {
    return FakeUpstream.whole(
        200, "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"" + word + "\"}}]}");
  }
}
