package io.ccrelay.upstream;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds of provider a configuration can name (those of the original, and openai). */
public enum ProviderType {
  /** api.anthropic.com and whatever speaks like it. */
  ANTHROPIC(
      "https://api.anthropic.com",
      "anthropic",
      Family.ANTHROPIC,
      Credential.X_API_KEY,
      List.of(
          "claude-opus-4-6",
          "claude-sonnet-4-5-20250514",
          "claude-opus-4-5-20250514",
          "claude-haiku-3-5-20241022")),
  /** Z.AI's Anthropic-compatible endpoint. */
  ZAI(
      "https://api.z.ai/api/anthropic",
      "zhipu",
      Family.ANTHROPIC,
      Credential.X_API_KEY,
      List.of("GLM-5", "GLM-4.7", "GLM-4.5-Air")),
  /** MiniMax's Anthropic-compatible endpoint. */
  MINIMAX(
      "https://api.minimax.io/anthropic",
      "minimax",
      Family.ANTHROPIC,
      Credential.BEARER,
      List.of(
          "MiniMax-M2.5",
          "MiniMax-M2.5-highspeed",
          "MiniMax-M2.1",
          "MiniMax-M2.1-highspeed",
          "MiniMax-M2")),
  /** A local Ollama, Anthropic-compatible. */
  OLLAMA("http://localhost:11434", "ollama", Family.ANTHROPIC, Credential.X_API_KEY, List.of()),
  /** Any OpenAI-compatible service. */
  OPENAI("https://api.openai.com", "openai", Family.OPENAI, Credential.BEARER, List.of()),
  /** Amazon Bedrock; read from the file, not served. */
  BEDROCK("", "aws", Family.ANTHROPIC, Credential.NONE, List.of()),
  /** Google Vertex; read from the file, not served. */
  VERTEX("", "google", Family.ANTHROPIC, Credential.NONE, List.of()),
  /** Azure AI Foundry; read from the file, not served. */
  AZURE("", "azure", Family.ANTHROPIC, Credential.X_API_KEY, List.of());

  /** The wire dialect a provider speaks. */
  public enum Family {
    /** Anthropic Messages. */
    ANTHROPIC,
    /** OpenAI-compatible. */
    OPENAI
  }

  /** Where a configured key goes. */
  public enum Credential {
    /** {@code x-api-key}. */
    X_API_KEY,
    /** {@code Authorization: Bearer}. */
    BEARER,
    /** Something else. */
    NONE
  }

  private final String defaultBaseUrl;
  private final String owner;
  private final Family family;
  private final Credential credential;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> defaultModels;

  ProviderType(
      String defaultBaseUrl,
      String owner,
      Family family,
      Credential credential,
      List<String> defaultModels) {
    this.defaultBaseUrl = defaultBaseUrl;
    this.owner = owner;
    this.family = family;
    this.credential = credential;
    this.defaultModels = defaultModels;
  }

  /** The type named {@code name} in a file, exact lower case. */
  public static Optional<ProviderType> named(String name) {
    for (var type : values()) {
      if (type.configName().equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** The name in a configuration file. */
  public String configName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Base URL when the file gives none; empty where it must be made from other settings. */
  public String defaultBaseUrl() {
    return defaultBaseUrl;
  }

  /** {@code owned_by} of {@code /v1/models}. */
  public String owner() {
    return owner;
  }

  /** The wire dialect. */
  public Family family() {
    return family;
  }

  /** Where a configured key goes. */
  public Credential credential() {
    return credential;
  }

  /** Models listed when the file gives none. */
  public List<String> defaultModels() {
    return defaultModels;
  }

  /** Whether this relay can forward to it. */
  public boolean served() {
    return this != BEDROCK && this != VERTEX && this != AZURE;
  }
}
