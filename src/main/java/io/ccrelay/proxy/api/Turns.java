package io.ccrelay.proxy.api;

import io.ccrelay.cache.Key;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Has what reads and then writes the same key happen one after the other in this process, in the
 * order it was asked for. A turn lasts as long as the operations of the store in it, each of which
 * has a deadline. Safe for use from any context.
 */
final class Turns {

  private final ConcurrentHashMap<Key, Future<Void>> last = new ConcurrentHashMap<>();

  /**
   * Does {@code work} when everything asked for earlier under {@code key} is done.
   *
   * @param context where {@code work} runs, at once if nothing is before it
   */
  <T> Future<T> take(Key key, Executor context, Supplier<Future<T>> work) {
    Promise<Void> over = Promise.promise();
    Future<Void> mine = over.future();
    Future<Void> before = last.put(key, mine);
    Promise<T> result = Promise.promise();
    Runnable turn =
        () ->
            Future.succeededFuture()
                .compose(_ -> work.get())
                .onComplete(done -> {
                  last.remove(key, mine);
                  over.complete();
                  result.handle(done);
                });
    if (before == null) {
      turn.run();
    } else {
      before.onComplete(_ -> context.execute(turn));
    }
    return result.future();
  }

  /** Keys with work under way. */
  int size() {
    return last.size();
  }
}
