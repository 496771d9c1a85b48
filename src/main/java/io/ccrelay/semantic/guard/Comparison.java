package io.ccrelay.semantic.guard;

import java.util.Set;

/** Tells prompts that set things against each other, where small words change with the turn. */
final class Comparison {

  private static final Set<String> COMPARING = Words.set("difference compare versus vs between");
  private static final Set<String> MUTUAL =
      Set.of(Stem.of("difference"), Stem.of("similarity"), Stem.of("comparison"));

  private Comparison() {}

  static boolean compares(Prompt prompt) {
    return prompt.words().stream()
        .anyMatch(word -> COMPARING.contains(word.text()) || COMPARING.contains(word.stem()));
  }

  /** "The difference between A and B" is that between B and A. */
  static boolean isMutual(Prompt prompt) {
    return prompt.says("between")
        && prompt.says("and")
        && prompt.words().stream().anyMatch(word -> MUTUAL.contains(word.stem()));
  }
}
