package io.ccrelay.launch;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.CacheOptions;
import io.ccrelay.cache.Store;
import io.ccrelay.cache.store.PrivateFiles;
import io.ccrelay.cache.store.Snapshot;
import io.ccrelay.metrics.SnapshotResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory that keeps a store over restarts: its snapshot, and the secret under which
 * credentials enter keys, without which no key would match. Whatever is wrong with it is logged and
 * the relay goes on without. Safe for use from any context; the disk is waited for on workers.
 */
final class KeptStore {

  private static final Logger LOG = LoggerFactory.getLogger(KeptStore.class);
  private static final int SECRET_BYTES = 32;

  private final Vertx vertx;
  private final CacheOptions.Persistence options;
  private final Path directory;
  private final Snapshot snapshot;
  private final InstantSource clock;
  private final Consumer<SnapshotResult> results;
  private volatile Future<Void> last = Future.succeededFuture();
  private volatile long timer = -1;

  /** The directory of {@code options}; {@code results} is told how each attempt ended. */
  KeptStore(
      Vertx vertx, CacheOptions options, InstantSource clock, Consumer<SnapshotResult> results) {
    this.vertx = vertx;
    this.options = options.persistence().orElseThrow();
    this.directory = Path.of(this.options.directory());
    this.snapshot = new Snapshot(directory.resolve("snapshot"), options.local().maxCost());
    this.clock = clock;
    this.results = results;
  }

  /** The secret kept here; a new one, and no snapshot of an older one, if there is none. */
  Future<Bytes> secret() {
    return vertx
        .executeBlocking(this::readSecret, false)
        .map(Objects::requireNonNull)
        .onFailure(failure -> {
          results.accept(SnapshotResult.RESTORE_FAILED);
          LOG.error("cache.persistence: {} cannot be used: {}", directory, failure.toString());
        });
  }

  private Bytes readSecret() throws IOException {
    PrivateFiles.createDirectories(directory);
    Path file = directory.resolve("secret");
    if (Files.exists(file)) {
      byte[] known = Files.readAllBytes(file);
      if (known.length == SECRET_BYTES) {
        return Bytes.owned(known);
      }
      LOG.warn("cache.persistence: the secret is damaged; keys of kept entries will not match");
      Files.delete(file);
    }
    var fresh = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(fresh);
    PrivateFiles.create(file);
    Files.write(file, fresh);
    return Bytes.owned(fresh);
  }

  /** Puts what was kept into {@code store}, then keeps it from time to time. Never fails. */
  Future<Void> follow(Store store) {
    return vertx
        .executeBlocking(() -> snapshot.read(clock.instant(), putInto(store)), false)
        .onSuccess(count -> LOG.info("cache restored: {} entries from {}", count, directory))
        .onFailure(damaged -> {
          results.accept(SnapshotResult.RESTORE_FAILED);
          LOG.warn("cache not restored, {} is ignored: {}", directory, damaged.toString());
        })
        .transform((_, _) -> {
          timer = vertx.setPeriodic(options.interval().toMillis(), _ -> keepUnlessBusy(store));
          return Future.succeededFuture();
        });
  }

  private static Snapshot.Restore putInto(Store store) {
    return (key, value, ttl) -> {
      var _ = store.set(key, value, ttl);
    };
  }

  private void keepUnlessBusy(Store store) {
    if (last.isComplete()) {
      last = keep(store);
    }
  }

  private Future<Void> keep(Store store) {
    return vertx
        .executeBlocking(() -> snapshot.write(store.held()), false)
        .onSuccess(count -> {
          results.accept(SnapshotResult.WRITTEN);
          LOG.debug("cache kept: {} entries in {}", count, directory);
        })
        .onFailure(failure -> {
          results.accept(SnapshotResult.WRITE_FAILED);
          LOG.warn("cache not kept, the last snapshot stays: {}", failure.toString());
        })
        .transform((_, _) -> Future.succeededFuture());
  }

  /** Keeps what {@code store}, still open, holds for the last time. Never fails. */
  Future<Void> close(Store store) {
    if (timer >= 0) {
      vertx.cancelTimer(timer);
    }
    return last.compose(_ -> keep(store));
  }
}
