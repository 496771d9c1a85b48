package io.ccrelay.cache.cluster;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.CacheOptions;
import io.ccrelay.cache.ClusterReport;
import io.ccrelay.cache.Counters;
import io.ccrelay.cache.Store;
import io.ccrelay.cache.cluster.door.BusGuard;
import io.ccrelay.cache.cluster.door.Strangers;
import io.ccrelay.cache.cluster.group.Group;
import io.ccrelay.cache.cluster.group.MemberTls;
import io.ccrelay.cache.cluster.group.Pace;
import io.ccrelay.cache.cluster.group.Peers;
import io.ccrelay.cache.cluster.group.Ports;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.core.transport.Transport;
import io.vertx.ext.cluster.infinispan.InfinispanClusterManager;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jgroups.View;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process as a member of a cluster: {@link #join} before the clustered Vert.x is made, {@link
 * #leave} after it was closed. Safe for use from any thread; both block.
 *
 * <p>A node always starts: without others it is a cluster of one and goes on looking for them. What
 * it lacks shows in {@link #report}.
 */
public final class ClusterNode {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterNode.class);

  private final CacheOptions options;
  private final BindAddresses addresses;
  private final Optional<MemberTls> guard;
  private final InstantSource clock;
  private final Grid grid;
  private final Accord accord;
  private final Members members;
  private final Acquaintance acquaintance;
  private final ClientEndpoint endpoint;
  private final Strangers strangers;
  private volatile @Nullable SharedMap map;

  private ClusterNode(
      CacheOptions options,
      String version,
      BindAddresses addresses,
      boolean expectsOthers,
      Optional<MemberTls> guard,
      InstantSource clock,
      Grid grid,
      Strangers strangers,
      Supplier<@Nullable View> view)
      throws IOException {
    this.options = options;
    this.addresses = addresses;
    this.guard = guard;
    this.clock = clock;
    this.grid = grid;
    this.accord = new Accord(grid.accord());
    this.members = new Members(grid.manager(), options.cluster(), expectsOthers, clock, view);
    this.acquaintance = new Acquaintance(accord, NodeNote.of(options, addresses.client(), version));
    this.strangers = strangers;
    this.endpoint =
        ClientEndpoint.open(
            grid.manager(), options.cluster().dmapName(), addresses, guard, strangers);
  }

  /**
   * Joins the cluster of {@code options}, or begins one.
   *
   * @throws IOException naming the setting that is wrong or the address that is taken
   */
  public static ClusterNode join(CacheOptions options, String version, InstantSource clock)
      throws IOException {
    var cluster = options.cluster();
    var ports = Ports.of(io.ccrelay.cache.ClusterAddress.parse(cluster.bindAddr()));
    var peers = Peers.of(cluster.peers(), options.node().dns(), ports);
    var addresses = BindAddresses.of(options, peers);
    Optional<MemberTls> guard = MemberTls.of(options);
    addresses.warn(peers, guard.isPresent());
    var pace = Pace.of(cluster.environment());
    var strangers = new Strangers(System::nanoTime);
    var group =
        new Group(
            new Group.Settings(
                addresses.bind(),
                addresses.external(),
                ports,
                peers,
                pace,
                cluster.leaveTimeout(),
                guard,
                strangers));
    var grid = Grid.start(group, addresses, pace, options);
    try {
      return new ClusterNode(
          options, version, addresses, !peers.none(), guard, clock, grid, strangers, group::view);
    } catch (IOException failure) {
      grid.stop();
      throw failure;
    }
  }

  /** What joins a Vert.x instance to this node. */
  public ClusterManager clusterManager() {
    return new InfinispanClusterManager(grid.manager());
  }

  /** Where the event bus listens, and who may connect. */
  public EventBusOptions eventBus() {
    return addresses.eventBus(guard);
  }

  /** The transport of the Vert.x instance, which guards the port of the event bus. */
  public Transport transport() {
    return BusGuard.at(addresses.ports().bus(), guard.isPresent(), strangers);
  }

  /**
   * The map as a store. Blocks.
   *
   * @param nanos monotonic time, nanoseconds
   */
  public ClusterStore store(Vertx vertx, LongSupplier nanos) {
    return store(options.cluster().dmapName(), vertx, nanos);
  }

  /** The map {@code name} as a store. Blocks. */
  ClusterStore store(String name, Vertx vertx, LongSupplier nanos) {
    var opened = new GridMap(grid.bytes(name), clock);
    map = opened;
    var store = new ClusterStore(vertx, opened, options.node().near(), members, nanos);
    members.follow(store::membersChanged);
    watch(vertx, new Pulse(nanos, Pace.of(options.cluster().environment())));
    LOG.info("cache opened: backend=cluster map={}, {}", name, members);
    return store;
  }

  private void watch(Vertx vertx, Pulse pulse) {
    members.heed(pulse);
    var _ = vertx.setPeriodic(Pulse.BEAT.toMillis(), _ -> pulse.beat());
  }

  /** Where members remember what was purged, however few they are. Blocks. */
  public Store ledger(Vertx vertx, LongSupplier nanos) {
    return new ClusterStore(
        vertx,
        new GridMap(grid.bytes(Grid.PURGES), clock),
        new CacheOptions.Near(false, 1, Duration.ZERO),
        Standing.ALWAYS,
        nanos);
  }

  /** Every other member said what was purged: nothing of it is served. */
  public void heardPurges() {
    members.heard();
  }

  /**
   * Counters that members share; one that does not answer within {@code deadline} fails. Blocks.
   */
  public Counters counters(Vertx vertx, Duration deadline) {
    return new ClusterCounters(vertx, grid.bytes(ClusterCounters.MAP), deadline);
  }

  /** The name of this member. */
  public String self() {
    return members.self();
  }

  /** The names of all members, this one among them, as this one sees them now. */
  public List<String> members() {
    return members.names();
  }

  /** Calls {@code listener} after every change of membership, on any thread. */
  public void onMembersChanged(Runnable listener) {
    members.follow(listener);
  }

  /** Keeps {@code secret}, and what is known of the others, in agreement with them. */
  public Bulletin bulletin(Vertx vertx, Consumer<Bytes> secret) {
    return new Bulletin(vertx, this::scopeSecret, this::exchangeNotes, secret);
  }

  /** The maps of this node. */
  Grid grid() {
    return grid;
  }

  /** The key under which credentials enter cache keys, equal on all members. */
  CompletionStage<Bytes> scopeSecret() {
    String secret = options.cluster().secret();
    return secret.isEmpty()
        ? accord.scopeSecret()
        : CompletableFuture.completedFuture(ScopeSecrets.of(secret));
  }

  /** Tells the others what this node is and hears what they are. Blocks. */
  void exchangeNotes() {
    SharedMap held = map;
    acquaintance.exchange(members, held == null ? Optional.empty() : Optional.of(held.extent()));
  }

  /** What is known of the cluster now. */
  public ClusterReport report() {
    return acquaintance.report(members, guard.isPresent());
  }

  /**
   * Waits until each entry is where it belongs, with all its copies: the next node may only leave
   * after that. Blocks.
   *
   * @param longest to wait
   * @return whether it is so
   */
  public boolean awaitCopies(Duration longest) {
    return grid.awaitCopies(options.cluster().dmapName(), longest);
  }

  /** Tells the others and leaves; takes no longer than {@code cache.olric.leave_timeout}. */
  public void leave() {
    endpoint.close();
    if (grid.runs() && !awaitCopies(options.cluster().leaveTimeout())) {
      LOG.warn("cluster: left while copies were being made; some answers may be lost");
    }
    grid.stop();
  }
}
