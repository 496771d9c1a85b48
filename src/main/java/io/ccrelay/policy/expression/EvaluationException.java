package io.ccrelay.policy.expression;

import org.jspecify.annotations.Nullable;

/**
 * An evaluation that ended in an error, the {@code ExpressionValueEvaluationFailure} of the policy
 * reference: the run continues in the {@code on-error} section.
 */
public final class EvaluationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient SourcePosition position;
  private final String type;
  private final String problem;

  EvaluationException(
      SourcePosition position, String type, String problem, @Nullable Throwable cause) {
    super(position + ": " + type + ": " + problem, cause, false, false);
    this.position = position;
    this.type = type;
    this.problem = problem;
  }

  /** Where in the document the operation that failed is written. */
  public SourcePosition position() {
    return position;
  }

  /** Simple name of the .NET exception, for instance {@code NullReferenceException}. */
  public String type() {
    return type;
  }

  /** What went wrong, without the position. */
  public String problem() {
    return problem;
  }
}
