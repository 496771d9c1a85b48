package io.ccrelay.semantic.redis;

import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits for the server on workers. */
final class Waiting {

  /** Commands end by themselves within the deadline of their server. */
  private static final long SECONDS = 30;

  private Waiting() {}

  /** Waits for its end, whatever it is. */
  static void forEnd(Future<?> answer) {
    var _ = on(answer);
  }

  static <T extends @Nullable Object> T on(Future<T> answer) {
    try {
      return answer.await(SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException never) {
      throw new IllegalStateException("a command without an end", never);
    }
  }
}
