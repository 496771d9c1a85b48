package io.ccrelay.policy;

import java.util.List;

/** A document cannot run; it is refused as a whole. */
public final class PolicyException extends Exception {

  private static final long serialVersionUID = 1;

  @SuppressWarnings("serial") // never serialised
  private final List<PolicyProblem> problems;

  /**
   * With all that is wrong.
   *
   * @param problems at least one, in the order of the document
   */
  public PolicyException(List<PolicyProblem> problems) {
    super(problems.getFirst().toString());
    this.problems = List.copyOf(problems);
  }

  /** All that is wrong, at least one. */
  public List<PolicyProblem> problems() {
    return problems;
  }
}
