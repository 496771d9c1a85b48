package io.ccrelay.policy;

import io.ccrelay.policy.expression.SourcePosition;

/**
 * Something in a document that runs but is probably not meant.
 *
 * @param detail what it is about; may be empty
 */
public record PolicyWarning(SourcePosition position, Lint lint, String detail) {

  /** As compilers print it. */
  @Override
  public String toString() {
    return position
        + ": warning: "
        + (detail.isEmpty() ? "" : detail + ": ")
        + lint.advice()
        + " ["
        + lint.token()
        + "]";
  }
}
