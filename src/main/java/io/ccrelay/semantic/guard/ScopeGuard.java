package io.ccrelay.semantic.guard;

import java.util.List;
import java.util.Set;

/**
 * Objects when one prompt has matter beyond all that the other has: "pancakes" and "vegan
 * pancakes", "side effects" and "side effects in children".
 */
final class ScopeGuard implements Guard {

  private static final Set<String> ACTS = Set.of(Asks.TO_DO, Asks.SUGGESTION, Asks.MAKING);

  @Override
  public boolean objects(Prompt one, Prompt other) {
    var remainder = Remainder.of(one, other);
    boolean narrower = remainder.left().isEmpty() != remainder.right().isEmpty();
    boolean nothingShared =
        (remainder.shared() == 0 || (isBare(one) && isBare(other))) && !sameNonWords(one, other);
    return narrower
        || nothingShared
        || instruction(one, other)
        || instruction(other, one)
        || manner(one, other)
        || manner(other, one)
        || making(one, other)
        || making(other, one)
        || account(one, other)
        || account(other, one);
  }

  /** One wants to be told what to do, to choose or to be given, the other what it is. */
  private static boolean instruction(Prompt one, Prompt other) {
    return acts(one) && other.asks().contains(Asks.DEFINITION) && !acts(other);
  }

  /** "Give me a synonym for" wants what "what is a synonym for" wants; a joke is to be told. */
  private static boolean acts(Prompt prompt) {
    boolean described = prompt.says("for") || prompt.says("of");
    return prompt.asks().stream()
        .anyMatch(ask -> ACTS.contains(ask) && !(described && ask.equals(Asks.MAKING)));
  }

  /** One asks how it is, the other what or which. */
  private static boolean manner(Prompt one, Prompt other) {
    return one.asks().contains(Asks.MANNER)
        && !other.asks().contains(Asks.MANNER)
        && !other.asks().contains(Asks.TO_DO)
        && (other.says("what") || other.says("which"))
        && !(other.asks().contains(Asks.DEFINITION) && isWorking(one))
        && !(Comparison.compares(one) && Comparison.compares(other));
  }

  /** "How does it work" asks for an account of it. */
  private static boolean isWorking(Prompt prompt) {
    return prompt.words().stream().anyMatch(word -> word.wraps() && word.stem().equals("work"));
  }

  /** One wants it made, the other only named. */
  private static boolean making(Prompt one, Prompt other) {
    return one.asks().contains(Asks.MAKING) && other.asks().contains(Asks.TO_DO);
  }

  /** One wants the thing itself, the other an account of it. */
  private static boolean account(Prompt one, Prompt other) {
    return one.asks().contains(Asks.VALUE) && other.asks().contains(Asks.ACCOUNT);
  }

  /** Prompts without any matter in words, such as sums, are compared by what else they hold. */
  private static boolean sameNonWords(Prompt one, Prompt other) {
    return (holdsMore(one) && holdsMore(other)) || texts(one).equals(texts(other));
  }

  /** "Who am I": nothing but small words. */
  private static boolean isBare(Prompt prompt) {
    return prompt.words().stream().noneMatch(Remainder::isMatter);
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
