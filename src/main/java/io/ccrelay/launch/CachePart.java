package io.ccrelay.launch;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Cache;
import io.ccrelay.cache.CacheOptions;
import io.ccrelay.cache.Flights;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Purger;
import io.ccrelay.cache.StatsPoll;
import io.ccrelay.cache.Store;
import io.ccrelay.cache.StoreUnavailableException.Reason;
import io.ccrelay.cache.bus.CacheDeployment;
import io.ccrelay.cache.purge.LocalPurge;
import io.ccrelay.cache.purge.LocalPurger;
import io.ccrelay.cache.purge.PurgeBook;
import io.ccrelay.cache.store.Stores;
import io.ccrelay.metrics.SnapshotResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The cache of a relay: its store, and what was purged from it. Safe for use from any context. */
final class CachePart {

  /** How often a relay that uses a cluster asks it what other relays purged. */
  private static final Duration COMPARISON = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final ClusterPart cluster;
  private final CacheOptions options;
  private final Flights flights;
  private final InstantSource clock;
  private final Consumer<SnapshotResult> snapshots;
  private volatile @Nullable CacheDeployment deployment;
  private volatile @Nullable Purger purger;
  private volatile Optional<StatsPoll> stats = Optional.empty();
  private volatile long timer = -1;
  private volatile Optional<Store> opened = Optional.empty();
  private volatile Optional<KeptStore> kept = Optional.empty();

  /**
   * A cache that is not open.
   *
   * @param flights heed its purges
   * @param snapshots is told how attempts to keep it ended
   */
  CachePart(
      Vertx vertx,
      ClusterPart cluster,
      CacheOptions options,
      Flights flights,
      InstantSource clock,
      Consumer<SnapshotResult> snapshots) {
    this.vertx = vertx;
    this.cluster = cluster;
    this.options = options;
    this.flights = flights;
    this.clock = clock;
    this.snapshots = snapshots;
  }

  /**
   * Opens the store and agrees with the others of a cluster, if there is one.
   *
   * @param scopeSecret is told the secret of scopes, each time
   */
  Future<Void> open(Consumer<Bytes> scopeSecret) {
    return useKept(scopeSecret)
        .compose(_ -> store())
        .compose(this::deploy)
        .compose(_ -> cluster.agree(scopeSecret));
  }

  /** A directory that cannot be used is reported, and the relay goes on without it. */
  private Future<Void> useKept(Consumer<Bytes> scopeSecret) {
    if (options.persistence().isEmpty()) {
      return Future.succeededFuture();
    }
    var directory = new KeptStore(vertx, options, clock, snapshots);
    return directory
        .secret()
        .onSuccess(secret -> {
          scopeSecret.accept(secret);
          kept = Optional.of(directory);
        })
        .transform((_, _) -> Future.succeededFuture());
  }

  private Future<Void> restore(Store store) {
    opened = Optional.of(store);
    return kept.map(directory -> directory.follow(store)).orElseGet(Future::succeededFuture);
  }

  private Future<Store> store() {
    try {
      return options.mode() == CacheOptions.Mode.HA
          ? cluster.store()
          : Future.succeededFuture(Stores.create(options));
    } catch (IllegalArgumentException refused) {
      return Future.failedFuture(refused);
    }
  }

  private Future<Void> deploy(Store store) {
    return cluster
        .ledger()
        .compose(ledger -> {
          var purges =
              new PurgeBook(ledger.map(own -> List.of(own, store)).orElseGet(() -> List.of(store)));
          purges.onNews(flights::supersedeAll);
          return CacheDeployment.deploy(vertx, store, purges)
              .onSuccess(deployed -> deployment = deployed)
              .compose(_ -> restore(store))
              .compose(_ -> heed(new LocalPurge(vertx, purges, store), store));
        });
  }

  private Future<Void> heed(LocalPurge here, Store store) {
    Optional<MemberTalk> talk = cluster.talk();
    if (talk.isPresent()) {
      purger = talk.get().purger(here, clock);
      stats = Optional.of(talk.get().stats(store::stats));
      return talk.get().open();
    }
    purger = new LocalPurger(here, clock);
    if (cluster.report().isPresent()) {
      timer = vertx.setPeriodic(COMPARISON.toMillis(), _ -> compare(here.book()));
    }
    return here.book().reconcile().mapEmpty();
  }

  private static void compare(PurgeBook book) {
    var _ = book.reconcile();
  }

  /** The cache for the current context; {@code failures} is told of what it did not answer. */
  Cache client(Duration deadline, Consumer<Reason> failures) {
    return Objects.requireNonNull(deployment, "deployment").client(deadline, failures);
  }

  /** The store for the current context; whoever asks waits no longer than {@code deadline}. */
  Store store(Duration deadline) {
    return Objects.requireNonNull(deployment, "deployment").store(deadline);
  }

  /** What this process holds itself, as {@link Store#held} tells. */
  Iterable<Map.Entry<Key, Bytes>> held() {
    return opened.map(Store::held).orElse(List.of());
  }

  Purger purger() {
    return Objects.requireNonNull(purger, "purger");
  }

  Optional<StatsPoll> stats() {
    return stats;
  }

  Future<Void> close() {
    var _ = vertx.cancelTimer(timer);
    CacheDeployment deployed = deployment;
    return keep()
        .compose(_ -> cluster.close())
        .eventually(() -> deployed == null ? Future.succeededFuture() : deployed.close());
  }

  private Future<Void> keep() {
    return kept.isPresent() && opened.isPresent()
        ? kept.get().close(opened.get())
        : Future.succeededFuture();
  }
}
