package io.ccrelay.proxy.policy;

import static io.ccrelay.proxy.policy.AttributeCase.attribute;
import static io.ccrelay.proxy.policy.AttributeCase.saying;
import static io.ccrelay.proxy.policy.PolicyRelay.field;

import io.ccrelay.cache.Key;
import io.ccrelay.policy.run.Prompt;
import io.ccrelay.testing.Waiting;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every attribute of the statements about language models. */
class ModelAttributesTest {

  private static final String NUMBER =
      "context.Variables.GetValueOrDefault<int>(\"n\", -1).ToString()";

  static Stream<AttributeCase> cases() {
    return Stream.of(
            limits(),
            periods(),
            names(),
            variables(),
            metrics(),
            dimensions(),
            lookups(),
            caches(),
            stores(),
            others())
        .flatMap(all -> all);
  }

  @TestFactory
  Stream<DynamicTest> everyAttributeDoesWhatItSays() {
    return cases().map(AttributeCase::test);
  }

  /** A chat of about eleven tokens, the role among them. */
  private static String chat(String more) {
    return "{\"messages\":[{\"role\":\"user\",\"content\":\""
        + "ten tokens in forty characters, roughly."
        + "\"}]"
        + more
        + "}";
  }

  private static int ask(PolicyRelay relay, String path) {
    return relay.ask("POST", path, chat("")).statusCode();
  }

  private static final String USAGE = "{\"usage\":{\"prompt_tokens\":30,\"completion_tokens\":30}}";

  /**
   * The status of a call whose answer has 60 tokens, and that of a call which finds them counted.
   */
  private static Function<PolicyRelay, String> counted() {
    return relay -> {
      relay.answers(USAGE);
      int first = ask(relay, "/");
      Waiting.until(() -> ask(relay, "/") != 200, "the tokens are counted");
      return first + " " + ask(relay, "/");
    };
  }

  private static AttributeCase limit(String name, String attributes) {
    return attribute("llm-token-limit " + name)
        .inbound(
            "<llm-token-limit "
                + (attributes.contains("counter-key") ? "" : "counter-key=\"k\" ")
                + (attributes.contains("estimate-") ? "" : "estimate-prompt-tokens=\"false\" ")
                + attributes
                + " />");
  }

  private static Stream<AttributeCase> limits() {
    return Stream.of(
        limit(
                "@counter-key",
                "tokens-per-minute=\"50\" counter-key=\"@(context.Request.Url.Path)\"")
            .sees("200 429 200", relay -> counted().apply(relay) + " " + ask(relay, "/b")),
        limit("@tokens-per-minute", "tokens-per-minute=\"@(50)\"").sees("200 429", counted()),
        limit("@estimate-prompt-tokens", "tokens-per-minute=\"5\" estimate-prompt-tokens=\"true\"")
            .sees("429 0", relay -> ask(relay, "/") + " " + relay.backend.calls()),
        limit("@estimate-prompt-tokens", "tokens-per-minute=\"5\"")
            .sees("200 1", relay -> ask(relay, "/") + " " + relay.backend.calls()),
        limit("@prompt-type", "tokens-per-minute=\"50\" prompt-type=\"chat-completion\"")
            .sees("200 429", counted()),
        limit(
                "@ignore-prompt",
                "tokens-per-minute=\"31\" ignore-prompt=\"true\" remaining-tokens-header-name=\"L\"")
            .sees("1", left(1)));
  }

  /** What the header says when something was counted. */
  private static Function<PolicyRelay, String> left(int expected) {
    return relay -> {
      relay.answers(USAGE);
      ask(relay, "/");
      relay.answers("{}");
      Waiting.until(
          () -> field(relay.ask("POST", "/", chat("")), "L").equals("" + expected),
          () -> "left: " + field(relay.ask("POST", "/", chat("")), "L"));
      return field(relay.ask("POST", "/", chat("")), "L");
    };
  }

  private static Stream<AttributeCase> periods() {
    return Stream.of(
        limit("@token-quota", "token-quota=\"@(50)\" token-quota-period=\"Monthly\"")
            .sees("200 403", counted()),
        limit("@token-quota-period", "token-quota=\"50\" token-quota-period=\"@(\"Hourly\")\"")
            .sees(
                "200 403 200",
                relay -> {
                  String before = counted().apply(relay);
                  relay.wait(3600);
                  return before + " " + ask(relay, "/");
                }));
  }

  /** The header {@code L} of the first answer, and of one that refuses. */
  private static Function<PolicyRelay, String> told() {
    return relay -> {
      relay.answers(USAGE);
      String first = field(relay.ask("POST", "/", chat("")), "L");
      Waiting.until(() -> ask(relay, "/") != 200, "the tokens are counted");
      return first + "|" + field(relay.ask("POST", "/", chat("")), "L");
    };
  }

  private static Stream<AttributeCase> names() {
    String minute = "tokens-per-minute=\"50\" ";
    String quota = "token-quota=\"50\" token-quota-period=\"Hourly\" ";
    return Stream.of(
        limit("@retry-after-header-name", minute + "retry-after-header-name=\"L\"")
            .sees("|60", told()),
        limit("@remaining-tokens-header-name", minute + "remaining-tokens-header-name=\"L\"")
            .sees("50|", told()),
        limit(
                "@remaining-quota-tokens-header-name",
                quota + "remaining-quota-tokens-header-name=\"L\"")
            .sees("50|", told()),
        limit("@tokens-consumed-header-name", minute + "tokens-consumed-header-name=\"L\"")
            .sees("60|", told()));
  }

  private static AttributeCase variable(String name, String attributes) {
    String statement =
        "<llm-token-limit counter-key=\"k\" estimate-prompt-tokens=\"false\" "
            + attributes
            + " "
            + name.substring(1)
            + "=\"n\" />";
    return attribute("llm-token-limit " + name).inbound(statement + saying(NUMBER));
  }

  private static Stream<AttributeCase> variables() {
    Function<PolicyRelay, String> asked = relay -> relay.ask("POST", "/", chat("")).body();
    String minute = "tokens-per-minute=\"50\"";
    String quota = "token-quota=\"70\" token-quota-period=\"Hourly\"";
    return Stream.of(
        variable("@remaining-tokens-variable-name", minute).sees("50", asked),
        variable("@remaining-quota-tokens-variable-name", quota).sees("70", asked),
        variable("@tokens-consumed-variable-name", minute).sees("11", asked),
        limit("@retry-after-variable-name", minute + " retry-after-variable-name=\"n\"")
            .onError("<set-header name=\"L\"><value>@(" + NUMBER + ")</value></set-header>")
            .sees("|60", told()));
  }

  private static AttributeCase metric(String name, String attributes, String dimension) {
    return attribute("llm-emit-token-metric " + name)
        .inbound(
            "<llm-emit-token-metric " + attributes + ">" + dimension + "</llm-emit-token-metric>");
  }

  /** Tokens of one answer under these tags. */
  private static Function<PolicyRelay, String> metered(String... tags) {
    return relay -> {
      relay.answers(USAGE);
      ask(relay, "/");
      BiFunction<PolicyRelay, String, Double> count =
          (it, direction) -> {
            var found =
                it.relay
                    .meters
                    .registry()
                    .find("cc.relay.policy.tokens")
                    .tags(tags)
                    .tag("direction", direction)
                    .functionCounter();
            return found == null ? 0 : found.count();
          };
      Waiting.until(() -> count.apply(relay, "completion") > 0, "the tokens are counted");
      return count.apply(relay, "prompt").intValue()
          + " "
          + count.apply(relay, "completion").intValue();
    };
  }

  private static Stream<AttributeCase> metrics() {
    String api = "<dimension name=\"API ID\" />";
    return Stream.of(
        metric("@namespace", "namespace=\"shop\"", api).sees("30 30", metered("namespace", "shop")),
        metric("@ignore-prompt", "ignore-prompt=\"true\"", api)
            .sees("0 30", metered("namespace", "API Management")),
        metric("@name", "name=\"n\"", api).sees("30 30", metered("namespace", "API Management")),
        metric("@value-type", "value-type=\"t\"", api)
            .sees("30 30", metered("namespace", "API Management")));
  }

  private static Stream<AttributeCase> dimensions() {
    String two =
        "<dimension name=\"API ID\" /><dimension name=\"team\" value=\"@(\"r\" + \"ed\")\" />";
    return Stream.of(
        metric("dimension", "", two).sees("30 30", metered("custom", "team=red", "api_id", "web")),
        metric("dimension/@name", "", two).sees("30 30", metered("api_id", "web")),
        metric("dimension/@value", "", two).sees("30 30", metered("custom", "team=red")));
  }

  /** Remembers what was asked for, finds what was remembered. */
  private static final class Prompts implements SimilarPrompts {
    final List<Prompt> asked = Collections.synchronizedList(new ArrayList<>());
    final List<Double> distances = Collections.synchronizedList(new ArrayList<>());
    final List<Prompt> kept = Collections.synchronizedList(new ArrayList<>());
    private volatile Optional<Key> entry = Optional.empty();

    @Override
    public Future<Optional<Key>> nearest(Prompt prompt, double maxDistance) {
      asked.add(prompt);
      distances.add(maxDistance);
      return Future.succeededFuture(entry);
    }

    @Override
    public Future<Boolean> remember(Prompt prompt, Key key, Instant until) {
      kept.add(prompt);
      entry = Optional.of(key);
      return Future.succeededFuture(true);
    }

    @Override
    public void forget(Prompt prompt, Key key) {}
  }

  private static AttributeCase lookup(
      String name,
      String attributes,
      String children,
      Function<Prompts, String> seen,
      String expected) {
    var prompts = new Prompts();
    return attribute("llm-semantic-cache-lookup " + name)
        .with(with -> with.prompts(prompts))
        .with(with -> with.tokens((resource, _) -> Future.succeededFuture("token of " + resource)))
        .inbound(
            "<llm-semantic-cache-lookup "
                + (attributes.contains("score-") ? "" : "score-threshold=\"0.1\" ")
                + (attributes.contains("backend-id") ? "" : "embeddings-backend-id=\"e\" ")
                + attributes
                + ">"
                + children
                + "</llm-semantic-cache-lookup>")
        .outbound("<llm-semantic-cache-store duration=\"60\" />")
        .sees(
            expected,
            relay -> {
              relay.ask("POST", "/", chat(""));
              return seen.apply(prompts);
            });
  }

  private static Stream<AttributeCase> lookups() {
    Function<Prompts, String> token =
        prompts -> prompts.asked.getFirst().token().orElse("anonymous");
    return Stream.of(
        lookup(
            "@score-threshold",
            "score-threshold=\"@(0.15)\"",
            "",
            it -> "" + it.distances,
            "[0.15]"),
        lookup(
            "@embeddings-backend-id",
            "embeddings-backend-id=\"open\"",
            "",
            it -> "" + it.asked.getFirst().embeddings().isPresent(),
            "true"),
        lookup(
            "@embeddings-backend-auth",
            "embeddings-backend-id=\"open\" embeddings-backend-auth=\"system-assigned\"",
            "",
            token,
            "token of https://cognitiveservices.azure.com/"),
        lookup(
            "@embeddings-backend-auth",
            "embeddings-backend-id=\"open\" embeddings-backend-auth=\"header\"",
            "",
            token,
            "anonymous"),
        lookup(
            "@embeddings-backend-auth",
            "embeddings-backend-id=\"second\"",
            "",
            token,
            "anonymous"));
  }

  private static Stream<AttributeCase> caches() {
    Function<Prompts, String> cache = prompts -> "" + prompts.asked.getFirst().cache();
    return Stream.of(
        lookup("@cache-id", "cache-id=\"internal\"", "", cache, "INTERNAL"),
        lookup("@cache-id", "cache-id=\"near\"", "", cache, "EXTERNAL")
            .with(with -> with.externalCache("near")),
        lookup("@cache-id", "", "", cache, "PREFER_EXTERNAL"));
  }

  private static AttributeCase store(String name, String attributes, int status, String expected) {
    var prompts = new Prompts();
    return attribute("llm-semantic-cache-store " + name)
        .with(with -> with.prompts(prompts))
        .inbound(
            "<llm-semantic-cache-lookup score-threshold=\"0.1\" embeddings-backend-id=\"e\" />")
        .outbound("<llm-semantic-cache-store " + attributes + " />")
        .sees(
            expected,
            relay -> {
              relay.backend.always(PolicyRelay.answer(status, "x"));
              relay.ask("POST", "/", chat(""));
              return "" + prompts.kept.size();
            });
  }

  private static Stream<AttributeCase> stores() {
    return Stream.of(
        store("@duration", "duration=\"@(60)\"", 200, "1"),
        store("@duration", "duration=\"0\"", 200, "0"),
        store("@cache-response", "duration=\"60\"", 404, "0"),
        store("@cache-response", "duration=\"60\" cache-response=\"@(true)\"", 404, "1"));
  }

  /** The names of the other family mean the same. */
  private static Stream<AttributeCase> others() {
    return Stream.of(
        attribute("llm-token-limit @tokens-per-minute")
            .inbound(
                "<azure-openai-token-limit counter-key=\"k\" estimate-prompt-tokens=\"false\" tokens-per-minute=\"50\" />")
            .sees("200 429", counted()),
        attribute("llm-emit-token-metric @namespace")
            .inbound(
                "<azure-openai-emit-token-metric namespace=\"shop\"><dimension name=\"API ID\" /></azure-openai-emit-token-metric>")
            .sees("30 30", metered("namespace", "shop")));
  }
}
