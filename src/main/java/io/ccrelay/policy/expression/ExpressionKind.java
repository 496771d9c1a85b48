package io.ccrelay.policy.expression;

/** The two forms of a policy expression. */
public enum ExpressionKind {
  /** A single expression, {@code @(...)}. */
  EXPRESSION("@(", ")"),
  /** Statements of which every path returns, {@code @{...}}. */
  BLOCK("@{", "}");

  private final String opening;
  private final String closing;

  ExpressionKind(String opening, String closing) {
    this.opening = opening;
    this.closing = closing;
  }

  /** Whether {@code text} is written in this form, its marker included. */
  boolean marks(String text) {
    return text.startsWith(opening) && text.endsWith(closing);
  }
}
