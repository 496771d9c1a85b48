package io.ccrelay.launch;

import io.ccrelay.cache.Arrivals;
import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.CacheOptions;
import io.ccrelay.cache.CacheOptions.Mode;
import io.ccrelay.cache.ClusterReport;
import io.ccrelay.cache.Counters;
import io.ccrelay.cache.Flights;
import io.ccrelay.cache.LocalFlights;
import io.ccrelay.cache.Store;
import io.ccrelay.cache.cluster.Bulletin;
import io.ccrelay.cache.cluster.ClusterNode;
import io.ccrelay.cache.cluster.ClusterStore;
import io.ccrelay.cache.cluster.RemoteCluster;
import io.ccrelay.cache.store.LocalCounters;
import io.ccrelay.cache.store.ReserveCounters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The part that a cluster has in a relay: this process is a member, or uses one, or there is none.
 * Safe for use from any context.
 */
final class ClusterPart {

  private static final Duration LONGEST_COPYING = Duration.ofSeconds(8);

  private final Vertx vertx;
  private final Optional<ClusterNode> node;
  private final Optional<RemoteCluster> remote;
  private final Optional<MemberTalk> talk;
  private final Duration deadline;
  private volatile @Nullable Bulletin bulletin;
  private volatile @Nullable Counters counters;
  private volatile @Nullable ClusterStore opened;

  private ClusterPart(Platform platform, Optional<RemoteCluster> remote, Duration deadline) {
    this.vertx = platform.vertx();
    this.node = platform.node();
    this.remote = remote;
    this.deadline = deadline;
    this.talk = node.map(member -> new MemberTalk(vertx, member, deadline));
  }

  /**
   * The part of {@code platform} and {@code options}.
   *
   * @throws IOException if a certificate cannot be read
   */
  static ClusterPart of(Platform platform, CacheOptions options, InstantSource clock)
      throws IOException {
    boolean uses = options.mode() == Mode.HA && !options.cluster().embedded();
    return new ClusterPart(
        platform,
        uses ? Optional.of(RemoteCluster.of(platform.vertx(), options, clock)) : Optional.empty(),
        options.deadline());
  }

  /** The store of mode {@code ha}. */
  Future<Store> store() {
    return vertx.<Store>executeBlocking(this::open, false).map(Objects::requireNonNull);
  }

  private Store open() {
    ClusterStore store = shared();
    opened = store;
    return store;
  }

  /** Tells {@code arrivals} of what members stored and store; nothing if there is no cluster. */
  Future<Void> watch(Arrivals arrivals) {
    ClusterStore store = opened;
    return store == null
        ? Future.succeededFuture()
        : vertx
            .executeBlocking(
                () -> {
                  store.watch(arrivals);
                  return true;
                },
                false)
            .mapEmpty();
  }

  private ClusterStore shared() {
    return node.map(member -> member.store(vertx, System::nanoTime))
        .or(() -> remote.map(cluster -> cluster.store(System::nanoTime)))
        .orElseThrow(
            () -> new IllegalArgumentException("cache.mode: ha in a process that has not joined"));
  }

  /** Upstream calls that others may share: those of all members, if this is one. */
  Flights flights() {
    return talk.map(MemberTalk::flights).orElseGet(LocalFlights::new);
  }

  /**
   * Counters of limits, open once {@link #openCounters} completed: those of the cluster, if there
   * is one, else of this process.
   */
  Counters counters() {
    return Objects.requireNonNull(counters, "counters");
  }

  /** Opens what {@link #counters} gives. */
  Future<Void> openCounters() {
    return vertx
        .<Counters>executeBlocking(this::sharedCounters, false)
        .map(opened -> {
          counters = Objects.requireNonNull(opened);
          return null;
        });
  }

  private Counters sharedCounters() {
    var own = new LocalCounters(System::nanoTime);
    return node.map(member -> member.counters(vertx, deadline))
        .or(() ->
            remote.map(
                cluster -> new ReserveCounters(cluster.counters(deadline), own, System::nanoTime)))
        .orElse(own);
  }

  /** What is said to other members, if this is one. */
  Optional<MemberTalk> talk() {
    return talk;
  }

  /** Where members remember what was purged: it is never evicted nor lost in a split. */
  Future<Optional<Store>> ledger() {
    return vertx
        .executeBlocking(
            () -> node.<Store>map(member -> member.ledger(vertx, System::nanoTime)), false)
        .map(Objects::requireNonNull);
  }

  /**
   * Agrees with the others on the secret of scopes, before anything is served, and again whenever
   * it becomes another one.
   */
  Future<Void> agree(Consumer<Bytes> secret) {
    Bulletin opened =
        node.map(member -> member.bulletin(vertx, secret))
            .or(() -> remote.map(cluster -> cluster.bulletin(secret)))
            .orElse(null);
    bulletin = opened;
    return opened == null ? Future.succeededFuture() : opened.open().compose(_ -> copies());
  }

  /** Ready means that the next node may be stopped, so copies come first. */
  private Future<Void> copies() {
    return vertx
        .executeBlocking(
            () -> node.map(member -> member.awaitCopies(LONGEST_COPYING)).orElse(true), false)
        .mapEmpty();
  }

  /** Whether the cache is used as far as the cluster is concerned. */
  boolean serves() {
    return report().map(report -> report.state().serves()).orElse(true);
  }

  /** What is known of the cluster; empty if there is none. */
  Optional<ClusterReport> report() {
    return node.map(ClusterNode::report).or(() -> remote.map(RemoteCluster::report));
  }

  Future<Void> close() {
    Bulletin opened = bulletin;
    if (opened != null) {
      opened.close();
    }
    remote.ifPresent(RemoteCluster::close);
    return talk.map(MemberTalk::close).orElseGet(Future::succeededFuture);
  }
}
