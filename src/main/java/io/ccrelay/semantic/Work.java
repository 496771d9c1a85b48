package io.ccrelay.semantic;

import io.vertx.core.Future;
import java.util.concurrent.Callable;

/** Runs what takes long for an event loop. Safe for use from any context. */
@FunctionalInterface
public interface Work {

  /**
   * What {@code task} gives; completes on the caller's context where it has one. Fails with {@link
   * EmbeddingException} if there is no room for the task or it takes too long, else with what the
   * task threw.
   */
  <T> Future<T> call(Callable<T> task);
}
