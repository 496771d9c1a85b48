package io.ccrelay.testing;

import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting of test threads, bounded. */
public final class Waiting {

  private static final long LIMIT_SECONDS = 10;

  private Waiting() {}

  /** The result of {@code future}; its failure is thrown. */
  public static <T> T on(Future<T> future) {
    try {
      return future.await(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new AssertionError("nothing in " + LIMIT_SECONDS + " s", e);
    }
  }

  /** The failure of {@code future}. */
  public static Throwable failureOf(Future<?> future) {
    return on(future.transform(result -> Future.succeededFuture(result.cause())));
  }

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
