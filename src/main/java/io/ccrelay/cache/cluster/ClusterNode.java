package io.ccrelay.cache.cluster;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.CacheOptions;
import io.ccrelay.cache.ClusterReport;
import io.ccrelay.cache.Counters;
import io.ccrelay.cache.Store;
import io.ccrelay.cache.cluster.group.Group;
import io.ccrelay.cache.cluster.group.MemberTls;
import io.ccrelay.cache.cluster.group.Pace;
import io.ccrelay.cache.cluster.group.Peers;
import io.ccrelay.cache.cluster.group.Ports;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.ext.cluster.infinispan.InfinispanClusterManager;
import java.io.IOException;
import java.net.BindException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.infinispan.configuration.global.GlobalConfiguration;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.conflict.MergePolicy;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.remoting.transport.jgroups.JGroupsTransport;
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

  /** Time between two looks at what goes on by itself. */
  private static final Duration LOOK = Duration.ofMillis(50);

  private static final String GROUP = "cc-relay";
  private static final String ACCORD = "io.ccrelay.accord";
  private static final String PURGES = "io.ccrelay.purges";

  private final CacheOptions options;
  private final BindAddresses addresses;
  private final Optional<MemberTls> guard;
  private final InstantSource clock;
  private final DefaultCacheManager manager;
  private final Accord accord;
  private final Members members;
  private final NodeNote own;
  private final ClientEndpoint endpoint;
  private volatile Map<String, NodeNote> notes = Map.of();
  private volatile List<String> complaints = List.of();
  private volatile @Nullable SharedMap map;

  private ClusterNode(
      CacheOptions options,
      String version,
      BindAddresses addresses,
      boolean expectsOthers,
      Optional<MemberTls> guard,
      InstantSource clock,
      DefaultCacheManager manager,
      Supplier<@Nullable View> view)
      throws IOException {
    this.options = options;
    this.addresses = addresses;
    this.guard = guard;
    this.clock = clock;
    this.manager = manager;
    this.accord = new Accord(manager.<String, String>getCache(ACCORD).getAdvancedCache());
    this.members = new Members(manager, options.cluster(), expectsOthers, clock, view);
    this.own = NodeNote.of(options, addresses.client(), version);
    this.endpoint = ClientEndpoint.open(manager, options.cluster().dmapName(), addresses, guard);
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
    warn(addresses, peers, guard.isPresent());
    var pace = Pace.of(cluster.environment());
    var group =
        new Group(
            new Group.Settings(
                addresses.bind(),
                addresses.external(),
                ports,
                peers,
                pace,
                cluster.leaveTimeout(),
                guard));
    var manager = started(group, addresses, pace, options);
    try {
      return new ClusterNode(
          options, version, addresses, !peers.none(), guard, clock, manager, group::view);
    } catch (IOException failure) {
      manager.stop();
      throw failure;
    }
  }

  private static void warn(BindAddresses addresses, Peers peers, boolean secured) {
    if (!secured && !addresses.loopback()) {
      LOG.warn(
          "cluster: whoever reaches {}, ports {} to {}, can join, read and change the cache: set"
              + " cache.olric.secret or cache.cluster.tls, or bind to loopback",
          addresses.bind().getHostAddress(),
          addresses.ports().client(),
          addresses.ports().liveness());
    }
    if (peers.look().contains(addresses.membership())) {
      LOG.warn(
          "cache.olric.peers: {} is this node itself and is ignored; name the other nodes",
          addresses.membership());
    }
  }

  private static DefaultCacheManager started(
      Group group, BindAddresses addresses, Pace pace, CacheOptions options) throws IOException {
    var manager = new DefaultCacheManager(global(group, addresses), false);
    try {
      define(manager, new GridConfiguration(pace, group::view), options);
      manager.start();
      return manager;
    } catch (RuntimeException failure) {
      manager.stop();
      throw refused(addresses, failure);
    }
  }

  private static GlobalConfiguration global(Group group, BindAddresses addresses) {
    var global = GlobalConfigurationBuilder.defaultClusteredBuilder();
    global.cacheManagerName(GROUP).metrics().gauges(false).histograms(false);
    global.jmx().disable();
    global
        .shutdown()
        .hookBehavior(org.infinispan.configuration.global.ShutdownHookBehavior.DONT_REGISTER);
    global
        .transport()
        .clusterName(GROUP)
        .nodeName(
            addresses.client() + "/" + Integer.toHexString(new SecureRandom().nextInt(1 << 16)))
        .distributedSyncTimeout(30, TimeUnit.SECONDS)
        .addProperty(JGroupsTransport.CHANNEL_CONFIGURATOR, group);
    return global.build();
  }

  private static void define(
      DefaultCacheManager manager, GridConfiguration maps, CacheOptions options) {
    manager.defineConfiguration(options.cluster().dmapName(), maps.answers(options));
    manager.defineConfiguration(ACCORD, maps.everywhere(new LeastText()));
    manager.defineConfiguration(PURGES, maps.purges());
    manager.defineConfiguration(ClusterCounters.MAP, maps.counters(options));
    manager.defineConfiguration("__vertx.subs", maps.everywhere(new Subscriptions()));
    var united = maps.everywhere(MergePolicy.PREFERRED_NON_NULL);
    manager.defineConfiguration("__vertx.nodeInfo", united);
    manager.defineConfiguration("__vertx.haInfo", united);
    manager.defineConfiguration("__vertx.distributed.cache.configuration", maps.distributed());
  }

  private static IOException refused(BindAddresses addresses, RuntimeException failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof BindException)) {
      cause = cause.getCause();
    }
    return new IOException(
        "cache.olric.bind_addr: cannot listen on %s, ports %d to %d: %s"
            .formatted(
                addresses.bind().getHostAddress(),
                addresses.ports().client(),
                addresses.ports().liveness(),
                cause.getMessage()),
        failure);
  }

  /** What joins a Vert.x instance to this node. */
  public ClusterManager clusterManager() {
    return new InfinispanClusterManager(manager);
  }

  /** Where the event bus listens, and who may connect. */
  public EventBusOptions eventBus() {
    var bus =
        new EventBusOptions()
            .setHost(addresses.bind().getHostAddress())
            .setPort(addresses.ports().bus())
            .setClusterPublicHost(addresses.advertised().getHostAddress())
            .setClusterPublicPort(addresses.ports().bus())
            .setClusterPingInterval(5_000)
            .setClusterPingReplyInterval(5_000)
            .setConnectTimeout(2_000);
    guard.ifPresent(tls -> tls.applyTo(bus));
    return bus;
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
    var opened = new GridMap(manager.<byte[], byte[]>getCache(name).getAdvancedCache(), clock);
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
        new GridMap(manager.<byte[], byte[]>getCache(PURGES).getAdvancedCache(), clock),
        new CacheOptions.Near(false, 1, Duration.ZERO),
        ClusterStore.Standing.ALWAYS,
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
    return new ClusterCounters(
        vertx, manager.<byte[], byte[]>getCache(ClusterCounters.MAP).getAdvancedCache(), deadline);
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

  /** Makes a map like that of the answers. */
  void defineMap(String name, CacheOptions like) {
    var maps = new GridConfiguration(Pace.of(like.cluster().environment()), () -> null);
    manager.defineConfiguration(name, maps.answers(like));
    manager.getCache(name);
  }

  /** Removes all answers, on all nodes. */
  void emptyMap() {
    manager.getCache(options.cluster().dmapName()).clear();
  }

  /** Drops what {@link #defineMap} made, on all nodes. */
  void removeMap(String name) {
    manager.administration().removeCache(name);
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
    NodeNote now = held == null ? own : own.holding(held.extent());
    accord.publish(members.self(), now).toCompletableFuture().join();
    var heard = new LinkedHashMap<String, NodeNote>();
    for (String name : members.names()) {
      accord.noteOf(name).toCompletableFuture().join().ifPresent(it -> heard.put(name, it));
    }
    notes = Map.copyOf(heard);
    complain(heard);
  }

  private void complain(Map<String, NodeNote> heard) {
    List<String> now =
        heard.values().stream()
            .filter(note -> !note.address().equals(own.address()))
            .flatMap(note ->
                own.differences(note).stream()
                    .map(difference -> "node %s: %s".formatted(note.address(), difference)))
            .toList();
    for (String complaint : now) {
      if (!complaints.contains(complaint)) {
        LOG.warn("cluster: settings that must be equal on all nodes are not: {}", complaint);
      }
    }
    complaints = now;
  }

  /** What is known of the cluster now. */
  public ClusterReport report() {
    return members.report(notes, guard.isPresent(), complaints);
  }

  /**
   * Waits until each entry is where it belongs, with all its copies: the next node may only leave
   * after that. Blocks.
   *
   * @param longest to wait
   * @return whether it is so
   */
  public boolean awaitCopies(Duration longest) {
    var answers = manager.getCache(options.cluster().dmapName()).getAdvancedCache();
    long waited = 0;
    while (answers.getDistributionManager().isRehashInProgress()) {
      if (waited >= longest.toMillis()) {
        return false;
      }
      LockSupport.parkNanos(LOOK.toNanos());
      waited += LOOK.toMillis();
    }
    return true;
  }

  /** Tells the others and leaves; takes no longer than {@code cache.olric.leave_timeout}. */
  public void leave() {
    endpoint.close();
    if (manager.getStatus().allowInvocations() && !awaitCopies(options.cluster().leaveTimeout())) {
      LOG.warn("cluster: left while copies were being made; some answers may be lost");
    }
    manager.stop();
  }
}
