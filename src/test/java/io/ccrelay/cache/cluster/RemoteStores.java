package io.ccrelay.cache.cluster;

import io.ccrelay.cache.CacheOptions;
import io.ccrelay.cache.CacheOptions.Cluster;
import io.ccrelay.cache.CacheOptions.TlsFiles;
import io.ccrelay.cache.Counters;
import io.ccrelay.cache.Store;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.infinispan.commons.dataconversion.MediaType;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.server.hotrod.HotRodServer;
import org.infinispan.server.hotrod.configuration.HotRodServerConfigurationBuilder;

/** Stores over clusters that this process does not join; servers live as long as the tests. */
public final class RemoteStores {

  private static final AtomicInteger MAPS = new AtomicInteger();

  private static final class Relay {
    static final TestNodes NODES = new TestNodes(1);
    static final TestNodes.Started ONE = NODES.start(0);
  }

  private static final class Server {
    static final DefaultCacheManager MANAGER = manager();
    static final HotRodServer HOT_ROD = hotRod();

    private static DefaultCacheManager manager() {
      var global = new GlobalConfigurationBuilder();
      global.jmx().disable();
      return new DefaultCacheManager(global.build());
    }

    private static HotRodServer hotRod() {
      var server = new HotRodServer();
      server.start(
          new HotRodServerConfigurationBuilder().host("127.0.0.1").port(0).build(), MANAGER);
      server.postStart();
      return server;
    }
  }

  private static final class Shared {
    static final Vertx VERTX = Vertx.vertx();
  }

  private RemoteStores() {}

  /** Over the client port of a relay, whose map is emptied. */
  public static Store ofARelay() {
    Relay.ONE.node().grid().bytes("test").clear();
    return open(Relay.ONE.port(), "test");
  }

  /** Over a new cache of an Infinispan server. */
  public static Store ofAServer() {
    String name = "cache-" + MAPS.incrementAndGet();
    var configuration = new ConfigurationBuilder();
    configuration.encoding().mediaType(MediaType.APPLICATION_OCTET_STREAM);
    Server.MANAGER.defineConfiguration(name, configuration.build());
    Server.MANAGER.getCache(name);
    return open(Server.HOT_ROD.getPort(), name);
  }

  /**
   * The counters of an Infinispan server that has none apart, in a cache that is {@code shared}.
   */
  static Counters countersOfAServer(String shared) {
    if (!Server.MANAGER.cacheExists(shared)) {
      var configuration = new ConfigurationBuilder();
      configuration.encoding().mediaType(MediaType.APPLICATION_OCTET_STREAM);
      Server.MANAGER.defineConfiguration(shared, configuration.build());
      Server.MANAGER.getCache(shared);
    }
    return counters(Server.HOT_ROD.getPort(), shared);
  }

  /** The counters of the cluster at {@code port}. */
  static Counters counters(int port, String map) {
    try {
      var cluster = RemoteCluster.of(Shared.VERTX, options(port, map), InstantSource.system());
      cluster.store(System::nanoTime);
      return cluster.counters(Duration.ofSeconds(5));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Over whatever is at {@code port}. */
  static Store open(int port, String map) {
    return open(port, map, Optional.empty());
  }

  /** The same with a certificate. */
  static Store open(int port, String map, Optional<TlsFiles> tls) {
    CacheOptions plain = options(port, map);
    var node = new CacheOptions.Node("", "", plain.node().maxBytes(), plain.node().near(), tls);
    var options =
        new CacheOptions(plain.mode(), plain.deadline(), plain.local(), plain.cluster(), node);
    try {
      return RemoteCluster.of(Shared.VERTX, options, InstantSource.system())
          .store(System::nanoTime);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static CacheOptions options(int port, String map) {
    Cluster defaults = Cluster.DEFAULTS;
    return TestNodes.options(
        new Cluster(
            false,
            "",
            List.of("127.0.0.1:" + port),
            map,
            defaults.environment(),
            List.of(),
            1,
            1,
            1,
            1,
            defaults.leaveTimeout(),
            ""));
  }
}
