package io.ccrelay.semantic.guard;

import java.util.List;

/**
 * Objects when the quoted passages are not the same, letter for letter, in the same order, and when
 * two instructions are about texts that are not the same word for word: "translate: ...".
 */
final class QuoteGuard implements Guard {

  @Override
  public boolean objects(Prompt one, Prompt other) {
    return !one.quotes().equals(other.quotes()) || !sameText(one.payload(), other.payload());
  }

  /** A question after a colon is compared like any other; a text is not. */
  private static boolean sameText(List<String> one, List<String> other) {
    return one.isEmpty() || other.isEmpty() || one.equals(other) || (asks(one) && asks(other));
  }

  private static boolean asks(List<String> text) {
    String first = text.getFirst();
    return Grammar.QUESTIONS.contains(first) || Grammar.AUXILIARIES.contains(first);
  }
}
