package io.ccrelay.cli;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the command's thread waits for event loops: never without end. */
final class Waiting {

  private static final Logger LOG = LoggerFactory.getLogger(Waiting.class);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

  private Waiting() {}

  /** The result of {@code future}, which fails if it takes longer than {@code longest}. */
  static <T> T on(Future<T> future, Duration longest)
      throws InterruptedException, ExecutionException {
    return future
        .timeout(longest.toMillis(), TimeUnit.MILLISECONDS)
        .toCompletionStage()
        .toCompletableFuture()
        .get();
  }

  /** Closes {@code vertx}; what cannot be closed ends with the process. */
  static void toClose(Vertx vertx) throws InterruptedException {
    try {
      on(vertx.close(), LONGEST_CLOSE);
    } catch (ExecutionException failure) {
      LOG.warn("not closed in order: {}", failure.getMessage());
    }
  }
}
