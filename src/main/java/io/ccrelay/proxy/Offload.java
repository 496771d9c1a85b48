package io.ccrelay.proxy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.internal.ContextInternal;
import java.util.Objects;
import java.util.concurrent.Callable;

/**
 * Computation on bodies: at once where it takes less than about a millisecond, else on a worker, so
 * that it holds up no event loop. There are as many workers as processors for all loops together:
 * more would compute no faster and hold more bodies in memory. Results arrive on the context that
 * asked. Confined to one context.
 */
final class Offload {

  private static final String POOL = "cc-relay-compute";

  /** Bytes that are parsed, hashed or judged in about a millisecond. */
  private static final int READ_AT_ONCE = 256 << 10;

  /** Bytes that are taken apart and written anew in about a millisecond. */
  private static final int REWRITTEN_AT_ONCE = 64 << 10;

  private final WorkerExecutor workers;

  /**
   * Computation for the current context of {@code vertx}; its workers end with that context. They
   * are closed one by one, because a static register of Vert.x holds them until then.
   */
  Offload(Vertx vertx) {
    workers = vertx.createSharedWorkerExecutor(POOL, Runtime.getRuntime().availableProcessors());
    var context = (ContextInternal) vertx.getOrCreateContext();
    context.addCloseHook(done -> workers.close().onComplete(done));
  }

  /** Whether so many {@code bytes} are read at once. */
  boolean readsAtOnce(int bytes) {
    return bytes <= READ_AT_ONCE;
  }

  /** What {@code task}, which reads so many {@code bytes}, finds. */
  <T> Future<T> reading(int bytes, Callable<T> task) {
    return readsAtOnce(bytes) ? atOnce(task) : onWorker(task);
  }

  /** What {@code task} makes of so many {@code bytes}. */
  <T> Future<T> rewriting(int bytes, Callable<T> task) {
    return bytes <= REWRITTEN_AT_ONCE ? atOnce(task) : onWorker(task);
  }

  private <T> Future<T> onWorker(Callable<T> task) {
    return workers.executeBlocking(task, false).map(Objects::requireNonNull);
  }

  private static <T> Future<T> atOnce(Callable<T> task) {
    try {
      return Future.succeededFuture(task.call());
    } catch (Exception defect) {
      return Future.failedFuture(defect);
    }
  }
}
