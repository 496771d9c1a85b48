package io.ccrelay.testing;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for conditions on test threads, bounded; for futures see {@link Await}. */
public final class Waiting {

  private static final long LIMIT_SECONDS = 10;

  private Waiting() {}

  /** Waits until {@code condition} holds. */
  public static void until(BooleanSupplier condition, String what) {
    until(condition, () -> what);
  }

  /** The same; {@code what} says how things stand when time is up. */
  public static void until(BooleanSupplier condition, Supplier<String> what) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("did not come true: " + what.get());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }
}
