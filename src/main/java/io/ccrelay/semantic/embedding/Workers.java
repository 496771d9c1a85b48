package io.ccrelay.semantic.embedding;

import io.ccrelay.semantic.EmbeddingException;
import io.ccrelay.semantic.EmbeddingException.Reason;
import io.ccrelay.semantic.Work;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A few threads with a bounded queue and a deadline for each task. Safe for use from any context.
 *
 * <p>A task whose deadline passed while it waited is not begun; one that is running is finished,
 * and nobody hears of it.
 */
public final class Workers implements Work {

  private final Vertx vertx;
  private final Duration deadline;
  private final ThreadPoolExecutor threads;

  /**
   * Workers.
   *
   * @param count threads
   * @param queue most tasks that wait
   * @param deadline longest time from asking to answer
   */
  public Workers(Vertx vertx, int count, int queue, Duration deadline) {
    this.vertx = vertx;
    this.deadline = deadline;
    this.threads =
        new ThreadPoolExecutor(
            count,
            count,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queue),
            Thread.ofPlatform().daemon().name("cc-relay-semantic-", 0).factory());
    this.threads.allowCoreThreadTimeOut(true);
  }

  @Override
  public <T> Future<T> call(Callable<T> task) {
    Context context = vertx.getOrCreateContext();
    Promise<T> promise = Promise.promise();
    var over = new AtomicBoolean();
    long timer =
        vertx.setTimer(
            deadline.toMillis(),
            _ -> {
              over.set(true);
              promise.tryFail(new EmbeddingException(Reason.TIMEOUT));
            });
    try {
      threads.execute(() -> {
        if (!over.get()) {
          Future<T> result = resultOf(task);
          context.runOnContext(_ -> {
            vertx.cancelTimer(timer);
            result.onSuccess(promise::tryComplete).onFailure(promise::tryFail);
          });
        }
      });
    } catch (RejectedExecutionException full) {
      vertx.cancelTimer(timer);
      promise.tryFail(new EmbeddingException(Reason.BUSY));
    }
    return promise.future();
  }

  private static <T> Future<T> resultOf(Callable<T> task) {
    try {
      return Future.succeededFuture(task.call());
    } catch (Exception | LinkageError failure) {
      return Future.failedFuture(failure);
    }
  }

  /** Begins nothing more; what is running ends by itself. */
  public void close() {
    threads.shutdownNow();
  }
}
