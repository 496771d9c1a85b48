package io.ccrelay.proxy.policy;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Store;
import io.ccrelay.cache.StoreUnavailableException;
import io.ccrelay.cache.StoreUnavailableException.Reason;
import io.ccrelay.metrics.Meters;
import io.ccrelay.policy.run.Answer;
import io.ccrelay.policy.run.Effect;
import io.ccrelay.policy.run.Slot;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Optional;

/**
 * The caches that documents choose from. What fails is a miss and a count. Confined to the context
 * of its stores.
 */
final class PolicyCaches {

  private final Store internal;
  private final Optional<Store> external;
  private final Meters meters;

  PolicyCaches(Store internal, Optional<Store> external, Meters meters) {
    this.internal = internal;
    this.external = external;
    this.meters = meters;
  }

  Future<Answer> read(Slot slot) {
    return store(slot)
        .map(store ->
            store
                .get(slot.key())
                .<Answer>map(Answer.Found::new)
                .otherwise(failure -> {
                  var _ = count(failure);
                  return new Answer.Found(Optional.empty());
                }))
        .orElseGet(() -> Future.succeededFuture(new Answer.Found(Optional.empty())));
  }

  /**
   * Nobody waits for the end of a write, but a local store has it before the reply is sent: whoever
   * asks again at once finds it.
   */
  Future<Answer> write(Effect.Write write) {
    Bytes value = write.value();
    store(write.slot())
        .ifPresent(store -> {
          var _ =
              store
                  .set(write.slot().key(), value, write.ttl())
                  .onFailure(failure -> meters.cacheFailure(reason(failure).token()));
        });
    return nextTurn();
  }

  /** After what the event loop has to do already. */
  private static Future<Answer> nextTurn() {
    Promise<Answer> turn = Promise.promise();
    Context context = Vertx.currentContext();
    if (context == null) {
      turn.complete(Answer.DONE);
    } else {
      context.runOnContext(_ -> turn.complete(Answer.DONE));
    }
    return turn.future();
  }

  Future<Answer> remove(Slot slot) {
    return store(slot)
        .map(store ->
            store
                .delete(slot.key())
                .<Answer>map(Answer.DONE)
                .otherwise(failure -> new Answer.CacheFailed(count(failure).token())))
        .orElseGet(() -> Future.succeededFuture(Answer.DONE));
  }

  private Optional<Store> store(Slot slot) {
    return switch (slot.cache()) {
      case INTERNAL -> Optional.of(internal);
      case EXTERNAL -> external;
      case PREFER_EXTERNAL -> external.or(() -> Optional.of(internal));
    };
  }

  private Reason count(Throwable failure) {
    Reason reason = reason(failure);
    meters.cacheFailure(reason.token());
    return reason;
  }

  private static Reason reason(Throwable failure) {
    return failure instanceof StoreUnavailableException known ? known.reason() : Reason.OTHER;
  }
}
