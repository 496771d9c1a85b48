package io.ccrelay.cache.cluster;

import io.ccrelay.cache.CacheOptions;
import io.ccrelay.cache.cluster.group.Group;
import io.ccrelay.cache.cluster.group.Pace;
import java.io.IOException;
import java.net.BindException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.infinispan.AdvancedCache;
import org.infinispan.configuration.global.GlobalConfiguration;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.configuration.global.ShutdownHookBehavior;
import org.infinispan.conflict.MergePolicy;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.remoting.transport.jgroups.JGroupsTransport;

/** The maps that members share, as one node has them. Safe for use from any thread. */
final class Grid {

  /** What all members agree upon. */
  static final String ACCORD = "io.ccrelay.accord";

  /** What was purged. */
  static final String PURGES = "io.ccrelay.purges";

  private static final String GROUP = "cc-relay";

  /** Time between two looks at what goes on by itself. */
  private static final Duration LOOK = Duration.ofMillis(50);

  private final DefaultCacheManager manager;

  private Grid(DefaultCacheManager manager) {
    this.manager = manager;
  }

  /**
   * Joins {@code group}. Blocks.
   *
   * @throws IOException naming the address that is taken
   */
  static Grid start(Group group, BindAddresses addresses, Pace pace, CacheOptions options)
      throws IOException {
    var manager = new DefaultCacheManager(global(group, addresses), false);
    try {
      define(manager, new GridConfiguration(pace, group::view), options);
      manager.start();
      return new Grid(manager);
    } catch (RuntimeException failure) {
      manager.stop();
      throw refused(addresses, failure);
    }
  }

  private static GlobalConfiguration global(Group group, BindAddresses addresses) {
    var global = GlobalConfigurationBuilder.defaultClusteredBuilder();
    global.cacheManagerName(GROUP).metrics().gauges(false).histograms(false);
    global.jmx().disable();
    global.shutdown().hookBehavior(ShutdownHookBehavior.DONT_REGISTER);
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

  /** What the maps are made of. */
  DefaultCacheManager manager() {
    return manager;
  }

  /** The map {@code name}, of bytes. */
  AdvancedCache<byte[], byte[]> bytes(String name) {
    return manager.<byte[], byte[]>getCache(name).getAdvancedCache();
  }

  /** The map of what all members agree upon. */
  AdvancedCache<String, String> accord() {
    return manager.<String, String>getCache(ACCORD).getAdvancedCache();
  }

  /** Makes a map like that of the answers of {@code like}. */
  void make(String name, CacheOptions like) {
    var maps = new GridConfiguration(Pace.of(like.cluster().environment()), () -> null);
    manager.defineConfiguration(name, maps.answers(like));
    manager.getCache(name);
  }

  /** Drops what {@link #make} made, on all nodes. */
  void drop(String name) {
    manager.administration().removeCache(name);
  }

  /** Waits until each entry of the map {@code name} is where it belongs. Blocks. */
  boolean awaitCopies(String name, Duration longest) {
    var distribution = manager.getCache(name).getAdvancedCache().getDistributionManager();
    long waited = 0;
    while (distribution.isRehashInProgress()) {
      if (waited >= longest.toMillis()) {
        return false;
      }
      LockSupport.parkNanos(LOOK.toNanos());
      waited += LOOK.toMillis();
    }
    return true;
  }

  boolean runs() {
    return manager.getStatus().allowInvocations();
  }

  /** Leaves the group. Blocks. */
  void stop() {
    manager.stop();
  }
}
