package io.ccrelay.cache.cluster;

import io.ccrelay.cache.StoreClosedException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a map was asked and has not answered yet. Safe for use from any context. */
final class UnderWay {

  private final BooleanSupplier closed;
  private final Set<Promise<?>> pending = ConcurrentHashMap.newKeySet();

  /**
   * Nothing yet.
   *
   * @param closed whether the store is: what fails then met its end, not a fault of the network
   */
  UnderWay(BooleanSupplier closed) {
    this.closed = closed;
  }

  /** What {@code operation} answers, on the caller's context if it has one. */
  <T> Future<T> answer(Supplier<? extends CompletionStage<T>> operation) {
    var caller = ContextInternal.current();
    Promise<T> promise = caller == null ? Promise.promise() : caller.promise();
    pending.add(promise);
    try {
      var _ = operation.get().whenComplete((result, failure) -> complete(promise, result, failure));
    } catch (RuntimeException failure) {
      complete(promise, null, failure);
    }
    return promise.future();
  }

  private <T> void complete(Promise<T> promise, @Nullable T result, @Nullable Throwable failure) {
    pending.remove(promise);
    if (failure == null) {
      promise.tryComplete(result);
    } else {
      promise.tryFail(closed.getAsBoolean() ? new StoreClosedException() : Failures.of(failure));
    }
  }

  /** A client that was stopped does not answer what it had been asked. */
  void end() {
    pending.forEach(promise -> complete(promise, null, new StoreClosedException()));
  }
}
