package io.ccrelay.config;

import io.ccrelay.upstream.ProviderOptions.KeyOptions;
import io.ccrelay.upstream.ProviderType;

/** Reads one of {@code providers[].keys}. */
final class KeySection {

  private static final int HIGHEST_PRIORITY = 2;

  private KeySection() {}

  static KeyOptions read(Section section, ProviderType type, boolean enabled) {
    int input = section.count("itpm_limit");
    int output = section.count("otpm_limit");
    int both = section.count("tpm_limit");
    boolean split = input == 0 && output == 0;
    var options =
        new KeyOptions(
            key(section, type, enabled),
            section.count("rpm_limit"),
            split ? both / 2 : input,
            split ? both / 2 : output,
            (int) section.whole("priority", 0, 0, HIGHEST_PRIORITY),
            section.count("weight"));
    section.finish(UnknownKeys.IGNORED);
    return options;
  }

  /** The secret. Without one a client's own credential passes, where that can be what is meant. */
  private static String key(Section section, ProviderType type, boolean enabled) {
    String key = section.text("key", "");
    boolean passes = type == ProviderType.ANTHROPIC || type == ProviderType.OPENAI;
    if (enabled && key.isEmpty() && passes) {
      section.warning(
          "key", "is empty: the client's own credential passes" + section.becauseUnset("key"));
    } else if (enabled && key.isEmpty()) {
      section.problem("key", "is required" + section.becauseUnset("key"));
    }
    if (enabled && !key.chars().allMatch(c -> c > ' ' && c <= '~')) {
      section.problem("key", "has a character that no header field can carry");
    }
    return key;
  }
}
