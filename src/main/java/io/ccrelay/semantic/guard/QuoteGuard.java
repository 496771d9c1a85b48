package io.ccrelay.semantic.guard;

/** Objects when the quoted passages are not the same, letter for letter, in the same order. */
final class QuoteGuard implements Guard {

  @Override
  public boolean objects(Prompt one, Prompt other) {
    return !one.quotes().equals(other.quotes());
  }
}
