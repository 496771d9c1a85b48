package io.ccrelay.policy.expression;

/**
 * A text that takes steps of a budget as a matcher looks at its characters: so a pattern that
 * backtracks without end is stopped. Confined to one context.
 */
final class BudgetedText implements CharSequence {

  private static final int LOOKS_OF_A_STEP = 64;

  private final String text;
  private final Budget budget;
  private int looks;

  BudgetedText(String text, Budget budget) {
    this.text = text;
    this.budget = budget;
  }

  @Override
  public char charAt(int index) {
    if (++looks >= LOOKS_OF_A_STEP) {
      looks = 0;
      budget.step();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
