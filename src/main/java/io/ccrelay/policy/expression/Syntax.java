package io.ccrelay.policy.expression;

/** An error at an index of the source; {@link Expression} turns it into one with a position. */
final class Syntax extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int at;

  Syntax(int at, String problem) {
    super(problem, null, false, false);
    this.at = at;
  }

  int at() {
    return at;
  }

  String problem() {
    return String.valueOf(getMessage());
  }
}
