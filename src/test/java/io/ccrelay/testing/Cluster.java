package io.ccrelay.testing;

import io.ccrelay.cache.cluster.wire.BusWire;
import io.ccrelay.cache.cluster.wire.Wire;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.ext.cluster.infinispan.InfinispanClusterManager;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.infinispan.configuration.cache.CacheMode;
import org.infinispan.configuration.cache.Configuration;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.remoting.transport.jgroups.JGroupsTransport;

/**
 * Clustered Vert.x instances in this process: membership in memory, the event bus over loopback
 * sockets. Confined to the test's thread.
 */
public final class Cluster implements AutoCloseable {

  private static final String STACK =
      """
      <config xmlns="urn:org:jgroups">
        <SHARED_LOOPBACK bind_addr="127.0.0.1" thread_pool.max_threads="32"/>
        <SHARED_LOOPBACK_PING/>
        <MERGE3 min_interval="500" max_interval="1000"/>
        <FD_ALL3 timeout="4000" interval="1000"/>
        <pbcast.NAKACK2 use_mcast_xmit="false"/>
        <UNICAST3/>
        <pbcast.STABLE/>
        <pbcast.GMS join_timeout="500" print_local_addr="false"/>
        <UFC/>
        <MFC/>
        <FRAG4/>
      </config>
      """;

  private final String name = "test-" + UUID.randomUUID();
  private final List<Node> nodes = new ArrayList<>();

  /** A member. */
  public record Node(Vertx vertx, DefaultCacheManager manager) implements AutoCloseable {

    /** Its name. */
    public String name() {
      return manager.getAddress().toString();
    }

    /** All names. */
    public List<String> members() {
      return manager.getMembers().stream().map(Object::toString).toList();
    }

    /** A wire to the others. */
    public Wire wire(String purpose) {
      return new BusWire(vertx, purpose, name(), this::members);
    }

    @Override
    public void close() {
      Await.result(vertx.close());
      manager.stop();
    }
  }

  /** A cluster of {@code size} members. */
  public Cluster(int size) {
    for (int i = 0; i < size; i++) {
      join();
    }
    Waiting.until(() -> nodes.stream().allMatch(node -> node.members().size() == size), "one view");
  }

  /** The member number {@code index}. */
  public Node node(int index) {
    return nodes.get(index);
  }

  /** All members. */
  public List<Node> nodes() {
    return List.copyOf(nodes);
  }

  /** One more member. */
  public Node join() {
    var global = GlobalConfigurationBuilder.defaultClusteredBuilder();
    global.cacheManagerName(name).jmx().disable();
    global.metrics().gauges(false).histograms(false);
    global.transport().clusterName(name).addProperty(JGroupsTransport.CONFIGURATION_XML, STACK);
    var manager = new DefaultCacheManager(global.build(), false);
    for (String map : List.of("__vertx.subs", "__vertx.haInfo", "__vertx.nodeInfo")) {
      manager.defineConfiguration(map, replicated());
    }
    manager.defineConfiguration("__vertx.distributed.cache.configuration", replicated());
    manager.start();
    var options =
        new VertxOptions()
            .setEventLoopPoolSize(2)
            .setEventBusOptions(new EventBusOptions().setHost("127.0.0.1").setPort(0));
    Vertx vertx =
        Await.result(
            Vertx.builder()
                .with(options)
                .withClusterManager(new InfinispanClusterManager(manager))
                .buildClustered());
    var node = new Node(vertx, manager);
    nodes.add(node);
    return node;
  }

  private static Configuration replicated() {
    return new ConfigurationBuilder().clustering().cacheMode(CacheMode.REPL_SYNC).build();
  }

  @Override
  public void close() {
    nodes
        .reversed()
        .forEach(node -> {
          if (node.manager().getStatus().allowInvocations()) {
            node.close();
          }
        });
  }
}
