package io.ccrelay.launch;

import io.ccrelay.cache.CacheOptions;
import io.ccrelay.cache.store.PrivateFiles;
import io.ccrelay.semantic.SemanticCache;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that keeps the labels of the semantic cache over restarts: how many hits were compared,
 * how many of them were wrong, and the entries in quarantine. Whatever is wrong with it is logged
 * and labels begin anew. Safe for use from any context; the disk is waited for on workers.
 */
final class KeptLabels {

  private static final Logger LOG = LoggerFactory.getLogger(KeptLabels.class);

  /** Beyond this a file is none of ours. */
  private static final long LONGEST = 32L << 20;

  private final Vertx vertx;
  private final Path file;
  private final long timer;
  private final SemanticCache cache;
  private volatile long written;
  private volatile Future<Void> last = Future.succeededFuture();

  private KeptLabels(Vertx vertx, CacheOptions.Persistence options, SemanticCache cache) {
    this.vertx = vertx;
    this.file = Path.of(options.directory()).resolve("semantic-labels");
    this.cache = cache;
    this.timer = vertx.setPeriodic(options.interval().toMillis(), _ -> keepUnlessBusy());
  }

  /** Gives {@code cache} what was kept, then keeps its labels from time to time. Never fails. */
  static Future<KeptLabels> follow(
      Vertx vertx, CacheOptions.Persistence options, SemanticCache cache) {
    var kept = new KeptLabels(vertx, options, cache);
    return vertx
        .executeBlocking(kept::read, false)
        .onFailure(
            failure -> LOG.warn("labels not restored from {}: {}", kept.file, failure.toString()))
        .transform((_, _) -> Future.succeededFuture(kept));
  }

  private boolean read() throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    if (Files.size(file) > LONGEST || !cache.restoreLabels(Files.readAllBytes(file))) {
      LOG.warn("{} is damaged or of other settings: labels begin anew", file);
      return false;
    }
    written = cache.report().labels();
    LOG.info("{} labels of the semantic cache restored from {}", written, file);
    return true;
  }

  private void keepUnlessBusy() {
    if (last.isComplete() && cache.report().labels() != written) {
      last = keep();
    }
  }

  private Future<Void> keep() {
    return vertx
        .executeBlocking(this::write, false)
        .onFailure(failure -> LOG.warn("labels not kept in {}: {}", file, failure.toString()))
        .transform((_, _) -> Future.succeededFuture());
  }

  private boolean write() throws IOException {
    long labels = cache.report().labels();
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(draft);
    PrivateFiles.create(draft);
    Files.write(draft, cache.labels());
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    written = labels;
    return true;
  }

  /** Keeps the labels for the last time. Never fails. */
  Future<Void> close() {
    vertx.cancelTimer(timer);
    return last.compose(
        _ -> cache.report().labels() == written ? Future.succeededFuture() : keep());
  }
}
