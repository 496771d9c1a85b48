package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.BudgetExceededException.Resource;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What one evaluation may use: steps, time and memory. Made for one evaluation, or for all of a
 * request. Confined to one context.
 */
public final class Budget {

  private static final int STEPS_BETWEEN_LOOKS_AT_THE_TICKER = 128;
  private static final int DERIVED_SHARE_OF_A_BODY = 8;

  /**
   * The limits of an evaluation.
   *
   * @param steps calls, passes of loops and units of work of a regular expression
   * @param time elapsed time
   * @param bytes size of the values made, estimated; reading a body adds to it in proportion to the
   *     body, whose size the host bounds
   */
  public record Limits(long steps, Duration time, long bytes) {
    /** 10 000 steps, 50 ms, 64 KiB. */
    public static final Limits DEFAULT = new Limits(10_000, Duration.ofMillis(50), 64 * 1024);
  }

  private final Limits limits;
  private final LongSupplier ticker;
  private final long deadline;
  private long steps;
  private long bytes;
  private int untilLook = STEPS_BETWEEN_LOOKS_AT_THE_TICKER;

  /**
   * @param limits the limits
   * @param ticker elapsed nanoseconds since any moment, for instance {@code System::nanoTime}
   */
  public Budget(Limits limits, LongSupplier ticker) {
    this.limits = limits;
    this.ticker = ticker;
    this.deadline = ticker.getAsLong() + limits.time().toNanos();
    this.steps = limits.steps();
    this.bytes = limits.bytes();
  }

  /** Takes one step. */
  void step() {
    if (--steps < 0) {
      throw new BudgetExceededException(Resource.STEPS, limits.steps() + " steps");
    }
    if (--untilLook <= 0) {
      untilLook = STEPS_BETWEEN_LOOKS_AT_THE_TICKER;
      look();
    }
  }

  /** Takes {@code count} steps at once, for work in proportion to {@code count}. */
  void steps(long count) {
    if (count <= 0) {
      return;
    }
    steps -= count;
    if (steps < 0) {
      throw new BudgetExceededException(Resource.STEPS, limits.steps() + " steps");
    }
    look();
  }

  /** Takes {@code count} bytes; asked before they are allocated where that can be foreseen. */
  void allocate(long count) {
    bytes -= count;
    if (bytes < 0) {
      throw new BudgetExceededException(Resource.MEMORY, limits.bytes() + " bytes");
    }
  }

  /** Grants what may be derived from a body of {@code size} bytes. */
  void grantBody(long size) {
    bytes += DERIVED_SHARE_OF_A_BODY * size;
  }

  private void look() {
    if (ticker.getAsLong() - deadline > 0) {
      throw new BudgetExceededException(Resource.TIME, limits.time().toMillis() + " ms");
    }
  }
}
