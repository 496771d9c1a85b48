package io.ccrelay.cache.cluster;

import io.ccrelay.cache.Bytes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
  private final ClusterNode node;
  private final Consumer<Bytes> secret;
  private volatile boolean closed;
  private volatile long timer = -1;

  /** Tells {@code secret} the key under which credentials enter cache keys, perhaps repeatedly. */
  public Bulletin(Vertx vertx, ClusterNode node, Consumer<Bytes> secret) {
    this.vertx = vertx;
    this.node = node;
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
            within(Future.fromCompletionStage(node.scopeSecret())).onSuccess(secret::accept),
            within(vertx.executeBlocking(node::exchangeNotes, false)))
        .<Void>mapEmpty()
        .recover(failure -> {
          LOG.debug("cluster: not in agreement yet: {}", failure.toString());
          return Future.succeededFuture();
        });
  }

  private static <T> Future<T> within(Future<T> answer) {
    return answer.timeout(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
  }
}
