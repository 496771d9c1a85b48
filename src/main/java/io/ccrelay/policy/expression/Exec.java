package io.ccrelay.policy.expression;

/** A statement, compiled. Safe for use from any context. */
@FunctionalInterface
interface Exec {

  /** The next statement follows. */
  int NEXT = 0;

  /** The loop or switch around it ends. */
  int BREAK = 1;

  /** The next pass of the loop around it follows. */
  int CONTINUE = 2;

  /** The block ends with the result of the frame. */
  int RETURN = 3;

  @CanIgnoreReturnValue
  int run(Frame frame);
}
