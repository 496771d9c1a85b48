package io.ccrelay.cache.cluster;

import io.ccrelay.cache.Bytes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a member in agreement with the others: every few seconds it reads what was agreed upon,
 * which changes when groups meet that began apart, and tells and hears what each node is. Safe for
 * use from any context.
 */
public final class Bulletin {

  private static final Logger LOG = LoggerFactory.getLogger(Bulletin.class);

  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final Supplier<CompletionStage<Bytes>> scopeSecret;
  private final Runnable notes;
  private final Consumer<Bytes> secret;
  private volatile boolean closed;
  private volatile long timer = -1;

  /**
   * Agrees on the key under which credentials enter cache keys.
   *
   * @param scopeSecret asks what is agreed upon
   * @param notes tells and hears what each node is; may block
   * @param secret is told the answer, each time
   */
  Bulletin(
      Vertx vertx,
      Supplier<CompletionStage<Bytes>> scopeSecret,
      Runnable notes,
      Consumer<Bytes> secret) {
    this.vertx = vertx;
    this.scopeSecret = scopeSecret;
    this.notes = notes;
    this.secret = secret;
  }

  /** Agrees for the first time; succeeds even if the others did not answer. */
  public Future<Void> open() {
    return turn().onComplete(_ -> later());
  }

  /** Ends it. */
  public void close() {
    closed = true;
    var _ = vertx.cancelTimer(timer);
  }

  private void later() {
    if (!closed) {
      timer = vertx.setTimer(PAUSE.toMillis(), _ -> turn().onComplete(_ -> later()));
    }
  }

  private Future<Void> turn() {
    return Future.join(
            within(Future.fromCompletionStage(scopeSecret.get())).onSuccess(secret::accept),
            within(vertx.executeBlocking(this::exchange, false)))
        .<Void>mapEmpty()
        .recover(failure -> {
          LOG.debug("cluster: not in agreement yet: {}", failure.toString());
          return Future.succeededFuture();
        });
  }

  private boolean exchange() {
    notes.run();
    return true;
  }

  private static <T> Future<T> within(Future<T> answer) {
    return answer.timeout(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
  }
}
