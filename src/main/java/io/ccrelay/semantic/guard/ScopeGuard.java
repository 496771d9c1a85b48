package io.ccrelay.semantic.guard;

import java.util.List;

/**
 * Objects when one prompt has matter beyond all that the other has: "pancakes" and "vegan
 * pancakes", "side effects" and "side effects in children".
 */
final class ScopeGuard implements Guard {

  @Override
  public boolean objects(Prompt one, Prompt other) {
    var remainder = Remainder.of(one, other);
    boolean narrower = remainder.left().isEmpty() != remainder.right().isEmpty();
    boolean nothingShared = remainder.shared() == 0 && !sameNonWords(one, other);
    return narrower || nothingShared || instruction(one, other) || instruction(other, one);
  }

  /** One wants to be told what to do or to choose, the other what it is. */
  private static boolean instruction(Prompt one, Prompt other) {
    boolean acts = one.asks().contains(Asks.TO_DO) || one.asks().contains(Asks.SUGGESTION);
    return acts
        && other.asks().contains(Asks.DEFINITION)
        && !other.asks().contains(Asks.TO_DO)
        && !other.asks().contains(Asks.SUGGESTION);
  }

  /** Prompts without any matter in words, such as sums, are compared by what else they hold. */
  private static boolean sameNonWords(Prompt one, Prompt other) {
    return (holdsMore(one) && holdsMore(other)) || texts(one).equals(texts(other));
  }

  private static boolean holdsMore(Prompt prompt) {
    return !prompt.quotes().isEmpty()
        || !prompt.identifiers().isEmpty()
        || !prompt.quantities().isEmpty();
  }

  private static List<String> texts(Prompt prompt) {
    return prompt.words().stream().map(Word::text).toList();
  }
}
