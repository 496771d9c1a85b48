package io.ccrelay.proxy;

import static io.ccrelay.testing.Chats.ask;
import static io.ccrelay.testing.Chats.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.semantic.Embedding;
import io.ccrelay.semantic.SemanticReport;
import io.ccrelay.testing.Ask;
import io.ccrelay.testing.FakeEmbedder;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.Relays;
import io.ccrelay.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName(
    "Who asks for what is not theirs, or sends what is no question, learns and breaks nothing")
class SemanticDefenceTest {

  private static final String[] T1 = {"x-api-key", "key-of-t1"};
  private static final String[] T2 = {"x-api-key", "key-of-t2"};
  private static final String[] T2_CURIOUS = {
    "x-api-key", "key-of-t2", "x-cc-relay-cache-debug", "1"
  };
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
        "cache: {responses: {streaming: true}, semantic: {enabled: true, mode: serve,"
            + " min_similarity: 0.7, audit: {share: 0}"
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

  private SemanticReport report() {
    return relay.semantic.orElseThrow().report();
  }

  private void awaitQuestions(int count) {
    Waiting.until(() -> report().questions() == count, () -> report().toString());
  }

  /** Equal words, nearest vectors, and one thing around them another. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          claude-x       | claude-y
          {"model        | {"system":"Answer in verse.","model
          {"model        | {"temperature":0.3,"model
          {"model        | {"top_p":0.5,"model
          {"model        | {"stop_sequences":["."],"model
          {"model        | {"tools":[{"name":"t","input_schema":{"type":"object"}}],"model
          64             | 65
          "messages":[   | "messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hi"},
          """)
  void inOtherSurroundingsNothingIsFound(String here, String there) {
    serve("");
    say(FIRST, T1);
    awaitQuestions(1);
    String other = ask(SIMILAR).replace(here, there);
    assertTrue(!other.equals(ask(SIMILAR)), other);
    assertEquals("miss", Ask.outcome(ask.post("/v1/messages", other, T1)), other);
    assertEquals("semantic", Ask.outcome(say(SIMILAR, T1)));
  }

  @ParameterizedTest
  @CsvSource({"0.701, semantic", "0.699, miss"})
  void theLeastSimilarityIsSharp(double similarity, String outcome) {
    serve("");
    embedder.act(text -> Future.succeededFuture(at(text.equals(FIRST) ? 1 : similarity)));
    say(FIRST, T1);
    awaitQuestions(1);
    assertEquals(outcome, Ask.outcome(say(SIMILAR, T1)));
  }

  private static Embedding at(double cosine) {
    float[] vector = {(float) cosine, (float) Math.sqrt(1 - cosine * cosine)};
    return Embedding.of(vector).orElseThrow();
  }

  @Test
  void probesOfAnothersQuestionsLookLikeAnyMiss() {
    serve("");
    say(FIRST, T1);
    awaitQuestions(1);
    for (int i = 0; i < 20; i++) {
      var stored = say(SIMILAR + "?".repeat(i), T2_CURIOUS);
      var unknown = say("What do lions eat" + "?".repeat(i), T2_CURIOUS);
      if (i == 0) {
        assertEquals("miss", Ask.outcome(stored));
        assertEquals(told(unknown), told(stored));
      }
      assertEquals(Ask.outcome(unknown), Ask.outcome(stored));
    }
    assertEquals("semantic", Ask.outcome(say(SIMILAR, T1)));
  }

  /** The names of all fields, and the verdict. */
  private static Set<String> told(HttpResponse<String> answer) {
    var told = new TreeSet<>(answer.headers().map().keySet());
    told.add(Ask.field(answer, "cache-status").replaceAll("key=\"?[0-9a-f]+\"?", "key"));
    return told;
  }

  @Test
  void oneWhoAsksMuchTakesNobodysPlace() {
    serve(", max_scope_entries: 2");
    for (String what : List.of("Chad", "Mali", "Peru", "Togo")) {
      say("What is the capital of " + what + "?", T1);
    }
    awaitQuestions(2);
    say(FIRST, T2);
    awaitQuestions(3);
    assertEquals("semantic", Ask.outcome(say(SIMILAR, T2)));
  }

  @Test
  void onlyWholeAnswersAreRemembered() {
    serve("");
    upstream.next(FakeUpstream.whole(500, "{\"error\":{}}"));
    say(FIRST, T1);
    upstream.next(FakeUpstream.whole(200, message("Nairo").replace("end_turn", "max_tokens")));
    say(FIRST, T1);
    upstream.next(FakeUpstream.whole(200, message("No").substring(0, 20)));
    say(FIRST, T1);
    assertEquals(0, report().questions());
    assertEquals("miss", Ask.outcome(say(SIMILAR, T1)));
    awaitQuestions(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "?!",
        "\\uD83D",
        "\\uDE00 \\uD83D x",
        "\\u0000",
        "\\u200B\\u200B",
        "\\uFFFC"
      })
  void whatIsNoQuestionPassesThroughAndIsFoundByNoOther(String escaped) {
    serve("");
    say(FIRST, T1);
    awaitQuestions(1);
    String body = ask("TEXT").replace("TEXT", escaped);
    assertEquals("miss", Ask.outcome(ask.post("/v1/messages", body, T1)));
    assertEquals("hit", Ask.outcome(ask.post("/v1/messages", body, T1)));
    assertEquals(0, report().served());
  }

  @Test
  void anEnormousQuestionIsNotEmbedded() {
    serve("");
    int asked = embedder.asked();
    assertEquals("miss", Ask.outcome(say("word ".repeat(200_000), T1)));
    assertEquals(asked, embedder.asked());
    assertEquals(0, report().questions());
  }

  @Test
  void vectorsOfOtherDimensionsAreAMissAndReplaceNothing() {
    serve("");
    say(FIRST, T1);
    awaitQuestions(1);
    embedder.act(text -> Future.succeededFuture(at(1)));
    assertEquals("miss", Ask.outcome(say(SIMILAR, T1)));
    assertEquals(1, report().questions());
    assertEquals(2, report().absences().get("nothing-near"));
    assertEquals("semantic", outcomeAgain());
  }

  private String outcomeAgain() {
    embedder.act(text -> Future.succeededFuture(FakeEmbedder.of(text)));
    return Ask.outcome(say("TELL ME: " + FIRST.toUpperCase(Locale.ROOT), T1));
  }
}
