package io.ccrelay.llm;

import java.util.Locale;

/** The two wire languages of chat services that the relay speaks. */
public enum Dialect {
  /** Anthropic Messages. */
  ANTHROPIC,
  /** OpenAI and whatever is compatible with it. */
  OPENAI;

  /** The name in keys, logs and metrics. */
  public String token() {
    return name().toLowerCase(Locale.ROOT);
  }
}
