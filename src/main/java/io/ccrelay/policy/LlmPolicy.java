package io.ccrelay.policy;

import java.util.List;
import java.util.Optional;

/** Statements about language models. Those of both name families mean the same. */
public sealed interface LlmPolicy extends Policy {

  /** Windows of a token quota, in UTC. */
  enum QuotaPeriod implements Token {
    /** From the full hour. */
    HOURLY("Hourly"),
    /** From midnight. */
    DAILY("Daily"),
    /** From Monday. */
    WEEKLY("Weekly"),
    /** From the first of the month. */
    MONTHLY("Monthly"),
    /** From the first of January. */
    YEARLY("Yearly"),
    /** Never renewed. */
    INDEFINITE("Indefinite");

    private final String token;

    QuotaPeriod(String token) {
      this.token = token;
    }

    @Override
    public String token() {
      return token;
    }
  }

  /** What a prompt is, for counting. */
  enum PromptType implements Token {
    /** Recognised from the request. */
    AUTO("auto"),
    /** Messages. */
    CHAT_COMPLETION("chat-completion"),
    /** A text. */
    COMPLETION("completion"),
    /** Input of embeddings. */
    EMBEDDINGS("embeddings");

    private final String token;

    PromptType(String token) {
      this.token = token;
    }

    @Override
    public String token() {
      return token;
    }
  }

  /** {@code tokenQuota} tokens in {@code period}. */
  record TokenQuota(PolicyValue<Long> tokens, PolicyValue<QuotaPeriod> period) {}

  /**
   * Where the caller and later statements learn about a token limit; absent = nowhere.
   *
   * @param retryAfterHeaderName {@code Retry-After} unless the document says otherwise
   */
  record TokenNotices(
      String retryAfterHeaderName,
      Optional<String> retryAfterVariableName,
      Optional<String> remainingTokensHeaderName,
      Optional<String> remainingTokensVariableName,
      Optional<String> remainingQuotaTokensHeaderName,
      Optional<String> remainingQuotaTokensVariableName,
      Optional<String> tokensConsumedHeaderName,
      Optional<String> tokensConsumedVariableName) {}

  /**
   * {@code llm-token-limit}, {@code azure-openai-token-limit}.
   *
   * @param tokensPerMinute at least one of it and {@code quota} is present
   */
  record TokenLimit(
      Place place,
      PolicyValue<String> counterKey,
      Optional<PolicyValue<Integer>> tokensPerMinute,
      Optional<TokenQuota> quota,
      PolicyValue<Boolean> estimatePromptTokens,
      PromptType promptType,
      boolean ignorePrompt,
      TokenNotices notices)
      implements LlmPolicy {}

  /**
   * {@code llm-emit-token-metric}, {@code azure-openai-emit-token-metric}.
   *
   * @param ignorePrompt whether tokens of prompts are left out
   * @param dimensions 1 to 10
   */
  record EmitTokenMetric(
      Place place,
      Optional<String> name,
      String namespace,
      boolean ignorePrompt,
      List<Dimension> dimensions)
      implements LlmPolicy {

    /** The namespace unless the document says otherwise. */
    public static final String DEFAULT_NAMESPACE = "API Management";

    /** Makes the list immutable. */
    public EmitTokenMetric {
      dimensions = List.copyOf(dimensions);
    }
  }

  /**
   * One label.
   *
   * @param value absent = the well-known value of the name, such as {@code API ID}
   */
  record Dimension(String name, Optional<PolicyValue<String>> value) {}

  /** How the embeddings backend is told who asks. */
  enum EmbeddingsAuth implements Token {
    /** The relay's own identity. */
    SYSTEM_ASSIGNED("system-assigned"),
    /** A header of the backend's configuration. */
    HEADER("header");

    private final String token;

    EmbeddingsAuth(String token) {
      this.token = token;
    }

    @Override
    public String token() {
      return token;
    }
  }

  /**
   * {@code llm-semantic-cache-lookup}, {@code azure-openai-semantic-cache-lookup}.
   *
   * @param scoreThreshold greatest distance of a match, 0.0 to 1.0; lower is stricter
   * @param maxMessageCount longer dialogues are not looked up
   * @param cacheId a named external cache
   * @param varyBy partitions, in document order
   */
  record SemanticLookup(
      Place place,
      PolicyValue<Double> scoreThreshold,
      PolicyValue<String> embeddingsBackendId,
      EmbeddingsAuth embeddingsBackendAuth,
      PolicyValue<Boolean> ignoreSystemMessages,
      Optional<PolicyValue<Integer>> maxMessageCount,
      Optional<String> cacheId,
      List<PolicyValue<String>> varyBy)
      implements LlmPolicy {

    /** Makes the list immutable. */
    public SemanticLookup {
      varyBy = List.copyOf(varyBy);
    }
  }

  /**
   * {@code llm-semantic-cache-store}, {@code azure-openai-semantic-cache-store}.
   *
   * @param duration seconds
   * @param cacheResponse whether any status is stored; otherwise only 200
   */
  record SemanticStore(
      Place place, PolicyValue<Integer> duration, PolicyValue<Boolean> cacheResponse)
      implements LlmPolicy {}
}
