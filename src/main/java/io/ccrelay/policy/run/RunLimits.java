package io.ccrelay.policy.run;

import io.ccrelay.policy.expression.Budget;

/**
 * What one request may use.
 *
 * @param maxStoredBytes largest response that is stored
 * @param maxHeldBytes largest body that is held because statements look at it
 * @param evaluation what one evaluation of an expression may use
 */
public record RunLimits(long maxStoredBytes, long maxHeldBytes, Budget.Limits evaluation) {

  /** 2 MiB stored, 8 MiB held. */
  public static final RunLimits DEFAULTS = new RunLimits(2L << 20, 8L << 20, Budget.Limits.DEFAULT);
}
