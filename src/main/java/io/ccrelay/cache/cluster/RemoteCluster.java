package io.ccrelay.cache.cluster;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.CacheOptions;
import io.ccrelay.cache.ClusterReport;
import io.ccrelay.cache.ClusterReport.State;
import io.ccrelay.cache.Counters;
import io.ccrelay.cache.cluster.group.MemberTls;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cluster that this process uses without joining it. It may be absent at the start and go away;
 * meanwhile the cache is not used. Safe for use from any context.
 */
public final class RemoteCluster {

  private static final Logger LOG = LoggerFactory.getLogger(RemoteCluster.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final CacheOptions options;
  private final HotRodMap map;
  private final boolean secured;
  private volatile boolean closed;
  private volatile String trouble = "";

  private RemoteCluster(Vertx vertx, CacheOptions options, HotRodMap map, boolean secured) {
    this.vertx = vertx;
    this.options = options;
    this.map = map;
    this.secured = secured;
  }

  /**
   * The cluster at {@code cache.olric.addresses}, which is looked for until it is found.
   *
   * @throws IOException if the certificate cannot be read
   */
  public static RemoteCluster of(Vertx vertx, CacheOptions options, InstantSource clock)
      throws IOException {
    Optional<MemberTls> guard = MemberTls.of(options);
    var map = new HotRodMap(options, guard, clock);
    return new RemoteCluster(vertx, options, map, guard.isPresent());
  }

  /**
   * Its map as a store. Blocks for the first attempt to reach it.
   *
   * @param nanos monotonic time, nanoseconds
   */
  public ClusterStore store(LongSupplier nanos) {
    var store = new ClusterStore(vertx, map, options.node().near(), Standing.ALWAYS, nanos);
    attempt();
    return store;
  }

  private void attempt() {
    try {
      map.connect();
      LOG.info("cluster: reached at {}", options.cluster().addresses());
      trouble = "";
    } catch (RuntimeException failure) {
      String now = String.valueOf(Failures.root(failure).getMessage());
      if (!now.equals(trouble)) {
        LOG.warn(
            "cluster: not reached at {}: {}; tried again every second. cache.olric.addresses names"
                + " client ports (bind_addr); cache.olric.secret or cache.cluster.tls must be those"
                + " of the nodes",
            options.cluster().addresses(),
            now);
      }
      trouble = now;
      if (!closed) {
        var _ = vertx.setTimer(PAUSE.toMillis(), _ -> again());
      }
    }
  }

  private void again() {
    if (!closed) {
      var _ =
          vertx.executeBlocking(
              () -> {
                attempt();
                return true;
              },
              false);
    }
  }

  /**
   * The counters that its members and clients share; one that does not answer within {@code
   * deadline} fails.
   */
  public Counters counters(Duration deadline) {
    return new RemoteCounters(vertx, map::counters, deadline);
  }

  /** Keeps {@code secret} in agreement with the other users of the cluster. */
  public Bulletin bulletin(Consumer<Bytes> secret) {
    return new Bulletin(vertx, this::scopeSecret, () -> {}, secret);
  }

  /** Gives up looking for it. */
  public void close() {
    closed = true;
  }

  /** What is known of it. */
  public ClusterReport report() {
    return new ClusterReport(
        map.isConnected() ? State.COMPLETE : State.UNREACHABLE,
        "",
        "",
        List.of(),
        0,
        0,
        Optional.empty(),
        secured,
        trouble.isEmpty() ? List.of() : List.of(trouble));
  }

  /** The key under which credentials enter cache keys, agreed through the map itself. */
  CompletionStage<Bytes> scopeSecret() {
    String secret = options.cluster().secret();
    return secret.isEmpty()
        ? map.scopeSecret()
        : CompletableFuture.completedFuture(ScopeSecrets.of(secret));
  }
}
