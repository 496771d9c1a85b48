package io.ccrelay.cache.bus;

import io.ccrelay.cache.Store;
import io.ccrelay.cache.StoreUnavailableException;
import io.ccrelay.cache.StoreUnavailableException.Reason;
import io.vertx.core.Promise;
import org.jspecify.annotations.Nullable;

/**
 * The message on the bus: a request and the place for its one answer, which completes on the
 * context that asked. Whoever is second to answer, store or deadline, is not heard.
 */
record CacheCall<T>(CacheRequest<T> request, Promise<T> answer) {

  /** Has {@code store} answer. */
  void answerFrom(Store store) {
    try {
      request.of(store).onComplete(this::answer);
    } catch (RuntimeException defect) {
      fail(Reason.OTHER, "the store threw " + defect.getClass().getName());
    }
  }

  private void answer(T result, @Nullable Throwable failure) {
    var _ = failure == null ? answer.tryComplete(result) : answer.tryFail(failure);
  }

  /** Answers for a store that does not. */
  void fail(Reason reason, String detail) {
    var _ = answer.tryFail(new StoreUnavailableException(reason, detail));
  }

  boolean isAnswered() {
    return answer.future().isComplete();
  }
}
