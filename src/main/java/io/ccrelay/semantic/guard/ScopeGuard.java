package io.ccrelay.semantic.guard;

/**
 * Objects when one prompt has matter beyond all that the other has: "pancakes" and "vegan
 * pancakes", "side effects" and "side effects in children".
 */
final class ScopeGuard implements Guard {

  @Override
  public boolean objects(Prompt one, Prompt other) {
    var remainder = Remainder.of(one, other);
    boolean narrower = remainder.left().isEmpty() != remainder.right().isEmpty();
    return narrower || instruction(one, other) || instruction(other, one) || remainder.shared() == 0 && !sameNonWords(one, other);
  }

  /** One wants to be told what to do, the other what it is. */
  private static boolean instruction(Prompt one, Prompt other) {
    return one.asks().contains(Asks.TO_DO)
        && other.asks().contains(Asks.DEFINITION)
        && !other.asks().contains(Asks.TO_DO);
  }

  /** Prompts without any matter in words, such as sums, are compared by what else they hold. */
  private static boolean sameNonWords(Prompt one, Prompt other) {
    boolean empty =
        one.quotes().isEmpty() && one.identifiers().isEmpty() && one.quantities().isEmpty();
    return !empty || one.words().stream().map(Word::text).toList()
        .equals(other.words().stream().map(Word::text).toList());
  }
}
