package io.ccrelay.cache.cluster;

import io.ccrelay.cache.cluster.door.ClientDoor;
import io.ccrelay.cache.cluster.door.Strangers;
import io.ccrelay.cache.cluster.group.MemberTls;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.infinispan.factories.impl.BasicComponentRegistry;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.server.core.ServerStateManager;
import org.infinispan.server.hotrod.HotRodServer;
import org.infinispan.server.hotrod.configuration.HotRodServerConfigurationBuilder;

/**
 * The client port of a node: Hot Rod, for relays that use the cluster without joining it. It offers
 * the map of answers and the counters only, and asks for a member's certificate where members have
 * one.
 */
final class ClientEndpoint implements AutoCloseable {

  private static final String LONGEST_REQUEST = "64MB";
  private static final int IDLE_SECONDS = 300;

  private final HotRodServer server;

  private ClientEndpoint(HotRodServer server) {
    this.server = server;
  }

  /** Opens the port. Blocks. */
  static ClientEndpoint open(
      EmbeddedCacheManager manager,
      String map,
      BindAddresses addresses,
      Optional<MemberTls> guard,
      Strangers strangers)
      throws IOException {
    GlobalComponents.of(manager)
        .registerComponent(
            ServerStateManager.class, new OfferedMaps(Set.of(map, ClusterCounters.MAP)), false);
    var builder = new HotRodServerConfigurationBuilder();
    builder
        .host(addresses.bind().getHostAddress())
        .port(addresses.ports().client())
        .proxyHost(addresses.advertised().getHostAddress())
        .proxyPort(addresses.ports().client())
        .idleTimeout(IDLE_SECONDS)
        .maxContentLength(LONGEST_REQUEST)
        .topologyAwaitInitialTransfer(false)
        .defaultCacheName(map);
    guard.ifPresent(
        tls -> builder.ssl().enable().sslContext(tls.context()).requireClientAuth(true));
    var server = new GuardedServer(strangers, guard.isPresent());
    try {
      server.start(builder.build(), manager);
      server.postStart();
      return new ClientEndpoint(server);
    } catch (RuntimeException failure) {
      throw new IOException(
          "cache.olric.bind_addr: clients cannot be served on %s: %s"
              .formatted(addresses.client(), Failures.root(failure).getMessage()),
          failure);
    }
  }

  @Override
  public void close() {
    server.stop();
  }

  /** A server with a door in front of every connection. */
  @SuppressWarnings("try") // what close() may throw is the library's
  private static final class GuardedServer extends HotRodServer {

    private final Strangers strangers;
    private final boolean tls;

    GuardedServer(Strangers strangers, boolean tls) {
      this.strangers = strangers;
      this.tls = tls;
    }

    @Override
    public ChannelInitializer<Channel> getInitializer() {
      ChannelInitializer<Channel> behind = super.getInitializer();
      return new ChannelInitializer<>() {
        @Override
        protected void initChannel(Channel connection) {
          connection.pipeline().addFirst(new ClientDoor(strangers, tls)).addLast(behind);
        }
      };
    }
  }

  /** Access to the parts of a cache manager. */
  private static final class GlobalComponents {
    static BasicComponentRegistry of(EmbeddedCacheManager manager) {
      return org.infinispan.factories.GlobalComponentRegistry.componentOf(
          manager, BasicComponentRegistry.class);
    }
  }
}
