package io.ccrelay.testing;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for futures on test threads, never for ever. */
public final class Await {

  private static final long SECONDS = 20;

  private Await() {}

  /** The result of {@code future}; its failure is thrown as it is. */
  public static <T> T result(Future<T> future) {
    try {
      return future.await(SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError("no result within " + SECONDS + " s", late);
    }
  }

  /** The failure of {@code future}, which must be of {@code type}. */
  public static <E extends Throwable> E failure(Class<E> type, Future<?> future) {
    return assertThrows(type, () -> result(future));
  }
}
