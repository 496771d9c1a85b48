package io.ccrelay.policy.expression;

import org.jspecify.annotations.Nullable;

/**
 * A policy expression, compiled. Immutable; safe for use from any context.
 */
public final class Expression {

  private Expression() {}

  /**
   * Compiles an expression.
   *
   * @param source the expression with its marker, {@code @(...)} or {@code @{...}}, or what stands
   *     between the brackets
   * @param position where {@code source} begins in the document
   * @param kind the form of the expression
   * @throws ExpressionException if it is not of the language, names a type that is not allowed or
   *     a member that a known type does not have
   */
  public static Expression compile(String source, SourcePosition position, ExpressionKind kind) {
    throw new ExpressionException(position, "not yet: " + source + kind);
  }

  /**
   * Evaluates the expression.
   *
   * @throws EvaluationException if the expression fails
   * @throws BudgetExceededException if it uses more than {@code budget}
   */
  public @Nullable Object evaluate(PolicyContext context, Budget budget) {
    throw new UnsupportedOperationException("not yet" + context + budget);
  }

  /** Whether the request's body must have been received before an evaluation. */
  public boolean readsRequestBody() {
    return true;
  }

  /** Whether the response's body must have been received before an evaluation. */
  public boolean readsResponseBody() {
    return true;
  }
}
