package io.ccrelay.policy;

import io.ccrelay.policy.expression.SourcePosition;

/**
 * Something in a document that runs but is probably not meant.
 *
 * @param detail what it is about; may be empty
 */
public record PolicyWarning(SourcePosition position, Lint lint, String detail) {

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

  /** What it means and what it is about, without the position. */
  public String message() {
    return (detail.isEmpty() ? "" : detail + ": ") + lint.advice() + " [" + lint.token() + "]";
  }

  /** As compilers print it. */
  @Override
  public String toString() {
    return position + ": warning: " + message();
  }
}
