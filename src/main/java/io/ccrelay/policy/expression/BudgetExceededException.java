package io.ccrelay.policy.expression;

import java.util.Locale;

/** An evaluation that was stopped because it took more than its {@link Budget}. */
public final class BudgetExceededException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What was used up. */
  public enum Resource {
    /** Calls, passes of loops and characters looked at by regular expressions. */
    STEPS,
    /** Elapsed time. */
    TIME,
    /** Size of the values made. */
    MEMORY,
    /** Nesting of calls. */
    DEPTH;

    /** The token for log and metric. */
    public String token() {
      return "expression-" + name().toLowerCase(Locale.ROOT);
    }
  }

  private final Resource resource;

  BudgetExceededException(Resource resource, String limit) {
    super("expression stopped: more than " + limit, null, false, false);
    this.resource = resource;
  }

  /** What was used up. */
  public Resource resource() {
    return resource;
  }
}
