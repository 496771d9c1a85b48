package io.ccrelay.proxy.api;

import io.vertx.core.Future;
import java.util.function.Consumer;

/**
 * What happens when this relay itself fails: whoever waits is told, and the exception goes on to
 * the failure handler of the context. Safe for use from any context.
 */
final class Defect {

  /** The token of the error that the client gets. */
  static final String TOKEN = "internal";

  private Defect() {}

  /** Does {@code step}, and {@code giveUp} if it throws. */
  static void guard(Runnable step, Runnable giveUp) {
    try {
      step.run();
    } catch (RuntimeException defect) {
      giveUp.run();
      throw defect;
    }
  }

  /** Does {@code next} with the outcome of {@code step}, and {@code giveUp} if either fails. */
  static <T> void guard(Future<T> step, Consumer<T> next, Runnable giveUp) {
    var _ =
        step.onComplete(
            outcome -> guard(() -> next.accept(outcome), giveUp),
            failure -> {
              giveUp.run();
              throw new IllegalStateException(failure);
            });
  }
}
