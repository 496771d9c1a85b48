package io.ccrelay.llm;

import java.util.Optional;

/** The requests whose answers the relay understands: one constant a path, POST only. */
public enum Route {
  /** Anthropic: a message. */
  MESSAGES("/v1/messages", Dialect.ANTHROPIC, "messages", true),
  /** Anthropic: how many tokens a message would take; the same for the same request. */
  COUNT_TOKENS("/v1/messages/count_tokens", Dialect.ANTHROPIC, "count_tokens", false),
  /** OpenAI: a chat turn. */
  CHAT_COMPLETIONS("/v1/chat/completions", Dialect.OPENAI, "chat_completions", true),
  /** OpenAI: a text continued. */
  COMPLETIONS("/v1/completions", Dialect.OPENAI, "completions", true),
  /** OpenAI: a response, the successor of the chat turn. */
  RESPONSES("/v1/responses", Dialect.OPENAI, "responses", true),
  /** OpenAI: vectors of texts; the same for the same request. */
  EMBEDDINGS("/v1/embeddings", Dialect.OPENAI, "embeddings", false);

  private static final Route[] ALL = values();

  private final String path;
  private final Dialect dialect;
  private final String metricName;
  private final boolean generative;

  Route(String path, Dialect dialect, String metricName, boolean generative) {
    this.path = path;
    this.dialect = dialect;
    this.metricName = metricName;
    this.generative = generative;
  }

  /**
   * The route of a request; only POST and only the exact path, without query. Path and method are
   * case-sensitive (RFC 9110 sections 4.2.3 and 9.1).
   */
  public static Optional<Route> of(String method, String path) {
    if (method.equals("POST")) {
      for (Route route : ALL) {
        if (route.path.equals(path)) {
          return Optional.of(route);
        }
      }
    }
    return Optional.empty();
  }

  /** The path, without query. */
  public String path() {
    return path;
  }

  /** The language of request and answer. */
  public Dialect dialect() {
    return dialect;
  }

  /** The name in metrics and in keys. */
  public String metricName() {
    return metricName;
  }

  /** Whether the same request has the same answer whatever its temperature. */
  public boolean deterministic() {
    return !generative;
  }

  /** Whether the answer may come as an event stream. */
  public boolean streams() {
    return generative;
  }
}
