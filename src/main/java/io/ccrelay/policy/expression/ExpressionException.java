package io.ccrelay.policy.expression;

/** An expression that cannot be compiled: its document must not be loaded. */
public final class ExpressionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient SourcePosition position;
  private final String problem;

  /**
   * @param position where in the document
   * @param problem what is wrong, without the position
   */
  public ExpressionException(SourcePosition position, String problem) {
    super(position + ": " + problem, null, false, false);
    this.position = position;
    this.problem = problem;
  }

  /** Where the document is wrong. */
  public SourcePosition position() {
    return position;
  }

  /** What is wrong, without the position. */
  public String problem() {
    return problem;
  }
}
