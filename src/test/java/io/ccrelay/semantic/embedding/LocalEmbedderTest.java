package io.ccrelay.semantic.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.semantic.Embedder;
import io.ccrelay.semantic.EmbeddingException;
import io.ccrelay.semantic.EmbeddingException.Reason;
import io.ccrelay.semantic.SemanticOptions;
import io.ccrelay.semantic.guard.StandardVetoes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The model in this process embeds on workers, within bounds")
class LocalEmbedderTest {

  private static final Vertx VERTX = Vertx.vertx();
  private static Workers workers;
  private static Embedder embedder;

  @BeforeAll
  static void open() {
    workers = new Workers(VERTX, 1, 16, Duration.ofSeconds(60));
    embedder = LocalEmbedder.open(workers, workers).await();
  }

  @AfterAll
  static void close() {
    embedder.close().await();
    workers.close();
    VERTX.close().await();
  }

  private static double similarity(String one, String other) {
    return embedder.embed(one).await().similarity(embedder.embed(other).await());
  }

  @Test
  void whatMeansTheSameIsNearerThanWhatDoesNot() {
    assertEquals(384, embedder.embed("hello").await().dimensions());
    assertEquals(1, similarity("hello", "hello"), 1e-4);
    double near = similarity("How do I reset my password?", "I forgot my password");
    double far = similarity("How do I reset my password?", "What do lions eat?");
    assertTrue(near > far + 0.3, () -> near + " " + far);
  }

  @Test
  void oddTextsAreEmbeddedOrRefused() {
    assertEquals(384, embedder.embed("lone \uD83D surrogate \uDE00 and \0").await().dimensions());
    assertEquals(384, embedder.embed("word ".repeat(50_000)).await().dimensions());
    assertEquals(384, embedder.embed("\uD83D\uDE00").await().dimensions());
    assertEquals(Reason.UNSUITABLE, reason(embedder.embed("  ")));
  }

  @Test
  void longAnswersAreComparedThoughQuestionsHaveAShortDeadline() {
    var hasty = ((LocalEmbedder) embedder).on(new Workers(VERTX, 1, 4, Duration.ofMillis(5)));
    String answer = "The river rises in the mountains and runs to the sea. ".repeat(120);
    assertEquals(Reason.TIMEOUT, reason(hasty.embed(answer)));
    var measure = Embedders.measure(VERTX, SemanticOptions.DEFAULTS, hasty, new StandardVetoes());
    assertTrue(measure.same("q", answer, answer + " Indeed.").await());
    assertFalse(measure.same("q", answer, "I do not know.").await());
    assertTrue(measure.same("q", "It takes 5 days.", "it takes five days").await());
    assertFalse(measure.same("q", "It takes 5 days.", "It takes 6 days.").await());
    assertFalse(measure.same("q", "The capital is Lima.", "The capital is Quito.").await());
  }

  @Test
  void theLibraryTellsNobodyWhereItRuns() {
    assertEquals("true", System.getProperty("OPT_OUT_TRACKING"));
  }

  @Test
  void aPairOfSurrogatesIsKeptAndALoneOneReplaced() {
    assertEquals("a\uD83D\uDE00b", LocalEmbedder.wellFormed("a\uD83D\uDE00b"));
    assertEquals("a\uFFFDb\uFFFD", LocalEmbedder.wellFormed("a\uDE00b\uD83D"));
  }

  @Test
  void aFullQueueRefusesAndALateTaskIsGivenUp() {
    var few = new Workers(VERTX, 1, 1, Duration.ofMillis(200));
    var hold = new CountDownLatch(1);
    Future<Boolean> running =
        few.call(() -> {
          hold.await();
          return true;
        });
    Future<Boolean> waiting = few.call(() -> true);
    assertEquals(Reason.BUSY, reason(few.call(() -> true)));
    assertEquals(Reason.TIMEOUT, reason(running));
    assertEquals(Reason.TIMEOUT, reason(waiting));
    hold.countDown();
    few.close();
  }

  @Test
  void resultsComeBackOnTheCallersContext() {
    var context = VERTX.getOrCreateContext();
    var same = io.vertx.core.Promise.<Boolean>promise();
    context.runOnContext(_ ->
        workers
            .call(() -> Thread.currentThread().getName())
            .onSuccess(name -> {
              assertFalse(name.contains("eventloop"));
              same.complete(Vertx.currentContext() == context);
            }));
    assertTrue(same.future().await());
  }

  private static Reason reason(Future<?> failed) {
    return assertThrows(EmbeddingException.class, failed::await).reason();
  }
}
