package io.ccrelay.policy;

import io.ccrelay.policy.expression.SourcePosition;

/**
 * Something that keeps a document from running.
 *
 * @param message what is wrong and what was expected; never the value of a named value
 */
public record PolicyProblem(SourcePosition position, String message) {

  /** The name of the document. */
  public String document() {
    return position.document();
  }

  /** Counted from 1. */
  public int line() {
    return position.line();
  }

  /** Counted from 1. */
  public int column() {
    return position.column();
  }

  /** As compilers print it: {@code orders.xml:12:5: cache-store: duration is required}. */
  @Override
  public String toString() {
    return position + ": " + message;
  }
}
