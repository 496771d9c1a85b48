package io.ccrelay.proxy;

import static io.ccrelay.testing.Chats.ask;
import static io.ccrelay.testing.Chats.askStream;
import static io.ccrelay.testing.Chats.events;
import static io.ccrelay.testing.Chats.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.ccrelay.semantic.EmbeddingException.Reason;
import io.ccrelay.semantic.SemanticReport;
import io.ccrelay.semantic.StoredQuestion;
import io.ccrelay.testing.Ask;
import io.ccrelay.testing.FakeEmbedder;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.LogCapture;
import io.ccrelay.testing.Relays;
import io.ccrelay.testing.Waiting;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@DisplayName("A similar question gets the stored answer, gated and audited, over real sockets")
class SemanticHitTest {

  private static final String[] T1 = {"x-api-key", "key-of-t1"};
  private static final String[] T2 = {"x-api-key", "key-of-t2"};
  private static final String FIRST = "What is the capital of Kenya?";
  private static final String SIMILAR = "what is the capital of kenya";

  private final Vertx vertx = Vertx.vertx();
  private final FakeEmbedder embedder = new FakeEmbedder();
  private FakeUpstream upstream;
  private Relays relay;
  private Ask ask;

  @BeforeEach
  void start() {
    upstream = FakeUpstream.start(vertx);
    upstream.always(FakeUpstream.whole(200, message("Nairobi")));
  }

  private void serve(String semantic) {
    String yaml =
        "cache: {responses: {streaming: true}, semantic: {enabled: true, min_similarity: 0.7"
            + semantic
            + "}}";
    relay = Relays.start(Relays.Setup.of(Relays.before(upstream, yaml)).embedding(embedder));
    ask = new Ask(relay.origin());
  }

  @AfterEach
  void stop() {
    relay.close();
    vertx.close().await();
  }

  private HttpResponse<String> say(String text, String... fields) {
    return ask.post("/v1/messages", ask(text), fields);
  }

  /** Asks the first question and waits until it can be found. */
  private void remembered() {
    say(FIRST, T1);
    awaitQuestions(1);
  }

  private void awaitQuestions(int count) {
    Waiting.until(() -> report().questions() == count, () -> report().toString());
  }

  private SemanticReport report() {
    return relay.semantic.orElseThrow().report();
  }

  @Test
  void aSimilarQuestionIsAnsweredFromTheCache() {
    serve(", mode: serve, audit: {share: 0}");
    remembered();
    relay.clock.advance(Duration.ofSeconds(10));
    var similar = say(SIMILAR, T1);
    assertEquals("semantic", Ask.outcome(similar));
    assertEquals("cc-relay; hit; ttl=290; detail=semantic", Ask.field(similar, "cache-status"));
    assertEquals("10", Ask.field(similar, "age"));
    assertEquals("11", Ask.field(similar, "x-cc-relay-saved-input-tokens"));
    assertEquals(message("Nairobi"), similar.body());
    assertEquals("", Ask.field(similar, "x-cc-relay-semantic-similarity"));
    assertEquals(1, upstream.calls());
    assertEquals("hit", Ask.outcome(say(FIRST, T1)));
  }

  @Test
  void theSimilarityIsShownOnRequestOnly() {
    serve(", mode: serve, audit: {share: 0}");
    remembered();
    var debugged = say(SIMILAR, "x-api-key", "key-of-t1", "x-cc-relay-cache-debug", "1");
    assertEquals("1.000; served", Ask.field(debugged, "x-cc-relay-semantic-similarity"));
  }

  @Test
  void jsonServesAStreamAndAStreamServesJson() {
    serve(", mode: serve, audit: {share: 0}");
    remembered();
    var stream = ask.post("/v1/messages", askStream(SIMILAR), T1);
    assertEquals("semantic", Ask.outcome(stream));
    assertTrue(stream.body().contains("event: message_stop"));
    upstream.next(FakeUpstream.events(events("Lima")));
    ask.post("/v1/messages", askStream("What is the capital of Peru?"), T1);
    awaitQuestions(2);
    var json = say("What is Peru's capital?", T1);
    assertEquals("semantic", Ask.outcome(json));
    assertTrue(json.body().contains("Lima"));
  }

  @Test
  void nothingIsFoundInAnotherPartition() {
    serve(", mode: serve, audit: {share: 0}");
    remembered();
    assertEquals("miss", Ask.outcome(say(SIMILAR, T2)));
    String otherModel = ask(SIMILAR).replace("claude-x", "claude-y");
    assertEquals("miss", Ask.outcome(ask.post("/v1/messages", otherModel, T1)));
    String system = ask(SIMILAR).replace("{\"model", "{\"system\":\"be brief\",\"model");
    assertEquals("miss", Ask.outcome(ask.post("/v1/messages", system, T1)));
    String longer = ask(SIMILAR).replace("64", "65");
    assertEquals("miss", Ask.outcome(ask.post("/v1/messages", longer, T1)));
    assertEquals(5, upstream.calls());
  }

  @Test
  void aVetoHoldsHoweverSimilarTheQuestionsAre() {
    serve(", mode: serve, audit: {share: 0}");
    embedder.act(text -> io.vertx.core.Future.succeededFuture(FakeEmbedder.of("same")));
    remembered();
    assertEquals("miss", Ask.outcome(say("What is the capital of Mali?", T1)));
    assertEquals(1, report().vetoes().get("slot"));
  }

  @Test
  void whatCannotBeComparedIsNotLookedFor() {
    serve(", mode: serve, audit: {share: 0}, max_temperature: 0.5");
    String tools =
        ask(FIRST).replace("{\"model", "{\"temperature\":0,\"tools\":[{\"name\":\"t\"}],\"model");
    ask.post("/v1/messages", tools, T1);
    say(FIRST, T1);
    assertEquals(0, report().asked());
    ask.post("/v1/messages", ask(FIRST).replace("{\"model", "{\"temperature\":0,\"model"), T1);
    assertEquals(1, report().asked());
  }

  @Test
  void inShadowModeNothingIsServedAndEverythingIsCompared() {
    serve(", mode: shadow, compare: {by: equality}");
    remembered();
    upstream.always(FakeUpstream.whole(200, message("nairobi.")));
    assertEquals("miss", Ask.outcome(say(SIMILAR, T1)));
    Waiting.until(() -> report().labels() == 1, () -> report().toString());
    assertEquals(0, report().wrong());
    upstream.always(FakeUpstream.whole(200, message("I do not know")));
    assertEquals("miss", Ask.outcome(say("WHAT IS THE CAPITAL OF KENYA", T1)));
    Waiting.until(() -> report().labels() == 2, () -> report().toString());
    assertEquals(1, report().wrong());
    assertEquals(0, report().served());
    assertFalse(report().serving());
  }

  @Test
  void aWrongAuditPutsTheEntryInQuarantine() {
    serve(", mode: serve, audit: {share: 1}, compare: {by: equality}");
    remembered();
    upstream.always(FakeUpstream.whole(200, message("Mombasa")));
    var logger = (Logger) LoggerFactory.getLogger(SimilarQuestion.class);
    logger.setLevel(Level.INFO);
    try (var log = LogCapture.start()) {
      assertEquals("miss", Ask.outcome(say(SIMILAR, T1)));
      Waiting.until(
          () -> log.lines().stream().anyMatch(it -> it.contains("similar question was wrong")),
          () -> log.lines().toString());
    } finally {
      logger.setLevel(null);
    }
    assertEquals(1, report().quarantined());
    assertEquals(1, report().wrong());
  }

  @Test
  void nothingIsServedWhileTheBoundIsAboveTheLimit() {
    serve(", mode: serve, audit: {share: 0.01, max_error: 0.9}, compare: {by: equality}");
    remembered();
    assertEquals("miss", Ask.outcome(say(SIMILAR, T1)));
    Waiting.until(() -> report().labels() == 1, () -> report().toString());
    assertFalse(report().serving());
    for (int i = 1; !report().serving() && i < 20; i++) {
      int labels = i + 1;
      say(SIMILAR + "?".repeat(i), T1);
      Waiting.until(() -> report().labels() == labels, () -> report().toString());
    }
    assertTrue(report().bound() <= 0.9);
    assertEquals("semantic", Ask.outcome(say("Tell me: " + SIMILAR, T1)));
  }

  @Test
  void anEmbedderThatFailsOrHangsChangesNothing() {
    serve(", mode: serve, audit: {share: 0}");
    embedder.fail(Reason.UNAVAILABLE);
    assertEquals("miss", Ask.outcome(say(FIRST, T1)));
    assertEquals("hit", Ask.outcome(say(FIRST, T1)));
    assertTrue(report().failures().get("embedder-unavailable") >= 1);
    embedder.act(_ -> {
      throw new IllegalStateException("a defect");
    });
    assertEquals("miss", Ask.outcome(say("Another one", T1)));
    Promise<io.ccrelay.semantic.Embedding> late = Promise.promise();
    embedder.act(_ -> late.future());
    var waiting = ask.postLater("/v1/messages", ask("A third"), T1);
    Waiting.until(() -> embedder.asked() >= 4, () -> "asked " + embedder.asked());
    late.fail(new io.ccrelay.semantic.EmbeddingException(Reason.TIMEOUT));
    assertEquals("miss", Ask.outcome(waiting.join()));
  }

  @Test
  void exactHitsAskNoEmbedder() {
    serve(", mode: serve");
    remembered();
    int asked = embedder.asked();
    assertEquals("hit", Ask.outcome(say(FIRST, T1)));
    assertEquals(asked, embedder.asked());
  }

  @Test
  void aRelayThatSeesAnotherOnesEntriesFindsThem() {
    serve(", mode: serve, audit: {share: 0}");
    var first = say(FIRST, "x-api-key", "key-of-t1", "x-cc-relay-cache-debug", "1");
    awaitQuestions(1);
    var key = io.ccrelay.cache.Key.ofHex(Ask.field(first, "x-cc-relay-cache-key"));
    var stored = io.ccrelay.cache.EntryFormat.decode(relay.store.get(key).await().orElseThrow());
    var semantic = relay.semantic.orElseThrow();
    semantic.forget(key);
    assertEquals(0, report().questions());
    var entry = stored.orElseThrow();
    var question = StoredQuestion.of(entry.attributes()).orElseThrow();
    var until = entry.storedAt().plus(entry.retention());
    assertTrue(semantic.saw(key, question, until).await());
    assertEquals("semantic", Ask.outcome(say(SIMILAR, T1)));
    assertTrue(semantic.saw(key, question, until).await());
    assertEquals(1, report().questions());
  }

  @Test
  void anEntryThatIsGoneIsNotServed() {
    serve(", mode: serve, audit: {share: 0}");
    var first = say(FIRST, "x-api-key", "key-of-t1", "x-cc-relay-cache-debug", "1");
    awaitQuestions(1);
    relay
        .store
        .delete(io.ccrelay.cache.Key.ofHex(Ask.field(first, "x-cc-relay-cache-key")))
        .await();
    assertEquals("miss", Ask.outcome(say(SIMILAR, T1)));
    relay.clock.advance(Duration.ofMinutes(6));
    assertEquals("miss", Ask.outcome(say("the capital of Kenya is what", T1)));
  }
}
