package io.ccrelay.proxy.policy;

import static io.ccrelay.proxy.policy.PolicyRelay.document;
import static io.ccrelay.proxy.policy.PolicyRelay.field;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Key;
import io.ccrelay.policy.run.Prompt;
import io.ccrelay.proxy.policy.PolicyRelay.With;
import io.ccrelay.semantic.AnswerMeasure;
import io.ccrelay.semantic.EmbeddingException;
import io.ccrelay.semantic.Question;
import io.ccrelay.semantic.SemanticCache;
import io.ccrelay.semantic.SemanticOptions;
import io.ccrelay.semantic.Work;
import io.ccrelay.semantic.guard.StandardVetoes;
import io.ccrelay.semantic.index.FlatIndex;
import io.ccrelay.testing.FakeEmbedder;
import io.ccrelay.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The semantic pair of statements, through a whole relay")
class SemanticCachingTest {

  private static final String STORE = "<llm-semantic-cache-store duration=\"60\" />";
  private static final String CAPITAL = "What is the capital of Peru?";
  private static final String REORDERED = "The capital of Peru is what?";

  private final FakeEmbedder embedder = new FakeEmbedder();
  private final Prompts prompts = new Prompts(embedder);

  /** A semantic cache as the port has it. */
  private static final class Prompts implements SimilarPrompts {
    final SemanticCache cache;
    final AtomicInteger remembered = new AtomicInteger();

    Prompts(FakeEmbedder embedder) {
      Work here =
          new Work() {
            @Override
            public <T> Future<T> call(Callable<T> task) {
              try {
                return Future.succeededFuture(task.call());
              } catch (Exception failure) {
                return Future.failedFuture(failure);
              }
            }
          };
      cache =
          new SemanticCache(
              SemanticOptions.DEFAULTS,
              new SemanticCache.Parts(
                  embedder,
                  new FlatIndex(new FlatIndex.Bounds(100, 100, 100)),
                  new StandardVetoes(),
                  here,
                  AnswerMeasure.EQUALITY,
                  InstantSource.fixed(Instant.EPOCH),
                  new SplittableRandom(1)));
    }

    private static Question question(Prompt prompt) {
      return new Question(prompt.partition(), prompt.scope(), prompt.text());
    }

    @Override
    public Future<Optional<Key>> nearest(Prompt prompt, double maxDistance) {
      return cache
          .nearest(question(prompt), maxDistance)
          .map(near -> near.map(it -> it.item().entry()));
    }

    @Override
    public Future<Boolean> remember(Prompt prompt, Key entry, Instant until) {
      return cache
          .remember(question(prompt), entry, until)
          .onSuccess(_ -> remembered.incrementAndGet());
    }

    @Override
    public void forget(Prompt prompt, Key entry) {
      cache.forget(entry);
    }
  }

  private static String lookup(String attributes, String children) {
    return "<llm-semantic-cache-lookup score-threshold=\"0.05\" embeddings-backend-id=\"e\""
        + " embeddings-backend-auth=\"system-assigned\" %s>%s</llm-semantic-cache-lookup>"
            .formatted(attributes, children);
  }

  private PolicyRelay relay(String lookup, String outbound) {
    return new With(document(lookup, outbound)).prompts(prompts).start();
  }

  private static String chat(String... rolesAndTexts) {
    return body(request -> {}, rolesAndTexts);
  }

  private static String body(Consumer<JsonObject> change, String... rolesAndTexts) {
    var messages = new JsonArray();
    for (int i = 0; i < rolesAndTexts.length; i += 2) {
      messages.add(
          new JsonObject().put("role", rolesAndTexts[i]).put("content", rolesAndTexts[i + 1]));
    }
    var request = new JsonObject().put("model", "m").put("messages", messages);
    change.accept(request);
    return request.encode();
  }

  private static HttpResponse<String> say(PolicyRelay relay, String body, String... fields) {
    return relay.ask("POST", "/deployments/m/chat", body, fields);
  }

  /** Asks about Peru, once, and waits until the answer was stored. */
  private void fill(PolicyRelay relay, String body, String... fields) {
    relay.answers("Lima", "Content-Type", "application/json");
    int before = prompts.remembered.get();
    long keys = relay.relay.store.stats().result().keyCount();
    assertEquals("Lima", say(relay, body, fields).body());
    Waiting.until(
        () ->
            prompts.remembered.get() > before
                && relay.relay.store.stats().result().keyCount() > keys,
        "the answer is stored");
    relay.answers("asked anew");
  }

  private static String asked(PolicyRelay relay, String... rolesAndTexts) {
    return say(relay, chat(rolesAndTexts)).body();
  }

  @Test
  void aSimilarPromptGetsTheStoredAnswerAndGoesOnAfterTheStore() {
    String after = "<set-header name=\"X-After\"><value>every time</value></set-header>";
    try (var relay = relay(lookup("", ""), STORE + after)) {
      fill(relay, chat("user", CAPITAL));

      var hit = say(relay, chat("user", REORDERED));

      assertEquals("Lima", hit.body());
      assertEquals("every time", field(hit, "x-after"));
      assertEquals("application/json", field(hit, "content-type"));
      assertEquals(1, relay.backend.calls());
      relay.wait(61);
      assertEquals("asked anew", asked(relay, "user", REORDERED), "after its duration");
    }
  }

  @Test
  void namesOfTheOtherFamilyMeanTheSame() {
    String azure = lookup("", "").replace("llm-semantic", "azure-openai-semantic");
    try (var relay = relay(azure, STORE.replace("llm-", "azure-openai-"))) {
      fill(relay, chat("user", CAPITAL));
      assertEquals("Lima", asked(relay, "user", REORDERED));
    }
  }

  @Test
  void whatIsFartherThanTheThresholdOrVetoedIsAskedAnew() {
    try (var relay = relay(lookup("", ""), STORE)) {
      fill(relay, chat("user", CAPITAL));
      assertEquals("asked anew", asked(relay, "user", "How do I bake bread?"));
    }
    String loose = lookup("", "").replace("0.05", "0.9");
    try (var relay = relay(loose, STORE)) {
      fill(relay, chat("user", CAPITAL));
      assertEquals("asked anew", asked(relay, "user", "What is the capital of Mali?"));
    }
  }

  @Test
  void parametersAndWhatItVariesByMustBeEqual() {
    String vary =
        "<vary-by>@(context.Request.Headers.GetValueOrDefault(\"X-User\",\"\"))</vary-by>";
    try (var relay = relay(lookup("", vary), STORE)) {
      fill(relay, chat("user", CAPITAL), "X-User", "a");
      String reordered = chat("user", REORDERED);
      assertEquals("Lima", say(relay, reordered, "X-User", "a").body());
      assertEquals("asked anew", say(relay, reordered, "X-User", "b").body());
      String warm = body(request -> request.put("temperature", 0.9), "user", REORDERED);
      assertEquals("asked anew", say(relay, warm, "X-User", "a").body());
      String model = body(request -> request.put("model", "other"), "user", REORDERED);
      assertEquals("asked anew", say(relay, model, "X-User", "a").body());
    }
  }

  @Test
  void systemMessagesAreComparedUnlessIgnored() {
    try (var relay = relay(lookup("", ""), STORE)) {
      fill(relay, chat("system", "Answer like a pirate always", "user", CAPITAL));
      assertEquals("asked anew", asked(relay, "system", "Use one short sentence", "user", CAPITAL));
    }
    try (var relay = relay(lookup("ignore-system-messages=\"true\"", ""), STORE)) {
      fill(relay, chat("system", "Answer like a pirate always", "user", CAPITAL));
      assertEquals("Lima", asked(relay, "system", "Use one short sentence", "user", CAPITAL));
    }
  }

  @Test
  void longDialoguesToolsImagesAndStreamsAreNotLookedUp() {
    try (var relay = relay(lookup("max-message-count=\"1\"", ""), STORE)) {
      relay.answers("x");
      asked(relay, "user", "a", "assistant", "b", "user", "c");
      say(relay, body(request -> request.put("stream", true), "user", CAPITAL));
      say(relay, body(request -> request.put("tools", new JsonArray().add(1)), "user", CAPITAL));
      var image = new JsonArray().add(new JsonObject().put("type", "image_url"));
      var message = new JsonObject().put("role", "user").put("content", image);
      say(relay, body(request -> request.put("messages", new JsonArray().add(message))));
      say(relay, "no JSON");
      assertEquals(5, relay.backend.calls());
      assertEquals(0, embedder.asked());
    }
  }

  @Test
  void onlyA200IsStoredUnlessTheDocumentSaysAny() {
    try (var relay = relay(lookup("", ""), STORE)) {
      relay.backend.always(PolicyRelay.answer(500, "sorry"));
      asked(relay, "user", CAPITAL);
      asked(relay, "user", CAPITAL);
      assertEquals(2, relay.backend.calls());
      assertEquals(0, prompts.remembered.get());
    }
  }

  @Test
  void embedderThatFailsIsAMiss() {
    try (var relay = relay(lookup("", ""), STORE)) {
      embedder.fail(EmbeddingException.Reason.UNAVAILABLE);
      relay.answers("still there");
      var answer = say(relay, chat("user", CAPITAL));
      assertEquals(200, answer.statusCode());
      assertEquals("still there", answer.body());
      assertTrue(embedder.asked() > 0);
    }
  }
}
