package io.ccrelay.policy;

import static io.ccrelay.policy.Section.INBOUND;
import static io.ccrelay.policy.Section.OUTBOUND;

import io.ccrelay.policy.LlmPolicy.Dimension;
import io.ccrelay.policy.LlmPolicy.EmbeddingsAuth;
import io.ccrelay.policy.LlmPolicy.EmitTokenMetric;
import io.ccrelay.policy.LlmPolicy.PromptType;
import io.ccrelay.policy.LlmPolicy.QuotaPeriod;
import io.ccrelay.policy.LlmPolicy.SemanticLookup;
import io.ccrelay.policy.LlmPolicy.SemanticStore;
import io.ccrelay.policy.LlmPolicy.TokenLimit;
import io.ccrelay.policy.LlmPolicy.TokenNotices;
import io.ccrelay.policy.LlmPolicy.TokenQuota;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the policies about language models, in both families of names. */
final class LlmBindings {

  static final Map<String, Binding> ALL = all();

  private static final int MOST_DIMENSIONS = 10;

  private LlmBindings() {}

  private static Map<String, Binding> all() {
    var all = new HashMap<String, Binding>();
    for (String family : List.of("llm-", "azure-openai-")) {
      all.put(family + "token-limit", Binding.in(LlmBindings::tokenLimit, INBOUND));
      all.put(family + "emit-token-metric", Binding.in(LlmBindings::emitMetric, INBOUND));
      all.put(family + "semantic-cache-lookup", Binding.in(LlmBindings::lookup, INBOUND));
      all.put(family + "semantic-cache-store", Binding.in(LlmBindings::store, OUTBOUND));
    }
    return Map.copyOf(all);
  }

  private static Policy tokenLimit(Form form) {
    var perMinute = form.optional("tokens-per-minute", Kind.POSITIVE);
    var quota = quota(form);
    if (!form.has("tokens-per-minute") && !form.has("token-quota")) {
      form.problem("needs tokens-per-minute or token-quota");
    }
    return new TokenLimit(
        form.place(),
        form.value("counter-key", Kind.TEXT),
        perMinute,
        quota,
        form.value("estimate-prompt-tokens", Kind.FLAG, false),
        form.literal("prompt-type", Kind.word(PromptType.class), PromptType.AUTO),
        form.literal("ignore-prompt", Kind.FLAG, false),
        notices(form));
  }

  private static Optional<TokenQuota> quota(Form form) {
    var tokens = form.optional("token-quota", Kind.large());
    var period =
        form.value("token-quota-period", Kind.word(QuotaPeriod.class), QuotaPeriod.INDEFINITE);
    if (tokens.isEmpty() && form.has("token-quota-period")) {
      form.problem("token-quota-period", "stands without token-quota");
    }
    return tokens.map(amount -> new TokenQuota(amount, period));
  }

  private static TokenNotices notices(Form form) {
    return new TokenNotices(
        form.literal("retry-after-header-name", Kind.NAME, "Retry-After"),
        form.optionalLiteral("retry-after-variable-name", Kind.NAME),
        form.optionalLiteral("remaining-tokens-header-name", Kind.NAME),
        form.optionalLiteral("remaining-tokens-variable-name", Kind.NAME),
        form.optionalLiteral("remaining-quota-tokens-header-name", Kind.NAME),
        form.optionalLiteral("remaining-quota-tokens-variable-name", Kind.NAME),
        form.optionalLiteral("tokens-consumed-header-name", Kind.NAME),
        form.optionalLiteral("tokens-consumed-variable-name", Kind.NAME));
  }

  private static Policy emitMetric(Form form) {
    form.ignore("value-type");
    List<Dimension> dimensions =
        form.children("dimension").stream().map(LlmBindings::dimension).toList();
    if (dimensions.isEmpty() || dimensions.size() > MOST_DIMENSIONS) {
      form.problem("has " + dimensions.size() + " dimensions (expected: 1 to 10)");
    }
    return new EmitTokenMetric(
        form.place(),
        form.optionalLiteral("name", Kind.NAME),
        form.literal("namespace", Kind.NAME, EmitTokenMetric.DEFAULT_NAMESPACE),
        form.literal("ignore-prompt", Kind.FLAG, false),
        dimensions);
  }

  private static Dimension dimension(Form form) {
    var dimension =
        new Dimension(form.literal("name", Kind.NAME), form.optional("value", Kind.TEXT));
    form.finish();
    return dimension;
  }

  private static Policy lookup(Form form) {
    return new SemanticLookup(
        form.place(),
        form.value("score-threshold", Kind.real(0, 1)),
        form.value("embeddings-backend-id", Kind.NAME),
        form.literal(
            "embeddings-backend-auth",
            Kind.word(EmbeddingsAuth.class),
            EmbeddingsAuth.SYSTEM_ASSIGNED),
        form.value("ignore-system-messages", Kind.FLAG, false),
        form.optional("max-message-count", Kind.POSITIVE),
        form.optionalLiteral("cache-id", Kind.NAME),
        form.texts("vary-by"));
  }

  private static Policy store(Form form) {
    return new SemanticStore(
        form.place(),
        form.value("duration", Kind.COUNT),
        form.value("cache-response", Kind.FLAG, false));
  }
}
