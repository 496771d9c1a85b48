package io.ccrelay.cache.cluster;

import io.ccrelay.cache.CacheOptions;
import io.ccrelay.cache.CacheOptions.Cluster;
import io.ccrelay.cache.CacheOptions.Environment;
import io.ccrelay.cache.CacheOptions.Local;
import io.ccrelay.cache.CacheOptions.Mode;
import io.ccrelay.cache.CacheOptions.Node;
import io.ccrelay.cache.Store;
import io.ccrelay.testing.Await;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Nodes in this process that know of each other, on free ports of 127.0.0.1. */
public final class TestNodes implements AutoCloseable {

  private static final int PORTS_EACH = 4;

  private final List<Integer> ports = new ArrayList<>();
  private final List<Started> started = new ArrayList<>();

  /** A node, the Vert.x instance that is its member, and its store. */
  public record Started(int port, ClusterNode node, Vertx vertx, Store store) {

    /** Leaves in order. */
    public void stop() {
      Await.result(store.close());
      Await.result(vertx.close());
      node.leave();
    }
  }

  /** Room for {@code count} nodes, none of them started. */
  public TestNodes(int count) {
    while (ports.size() < count) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      if (ports.stream().noneMatch(it -> Math.abs(it - port) < PORTS_EACH) && free(port)) {
        ports.add(port);
      }
    }
  }

  /** Starts the node {@code number} with the settings that tests use. */
  public Started start(int number) {
    return start(number, options(number));
  }

  /** Starts it with {@code options}. */
  public Started start(int number, CacheOptions options) {
    return start(number, options, "test");
  }

  /** Starts it as a node of another {@code version}. */
  Started start(int number, CacheOptions options, String version) {
    try {
      var node = ClusterNode.join(options, version, InstantSource.system());
      var vertx =
          Await.result(
              Vertx.builder()
                  .with(
                      new VertxOptions()
                          .setEventLoopPoolSize(2)
                          .setEventBusOptions(node.eventBus()))
                  .withTransport(node.transport())
                  .withClusterManager(node.clusterManager())
                  .buildClustered());
      var one = new Started(ports.get(number), node, vertx, node.store(vertx, System::nanoTime));
      started.add(one);
      return one;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The settings of the node {@code number}: two copies, all other nodes are peers. */
  public CacheOptions options(int number) {
    return options(number, 1, "");
  }

  /** The same that does not look for others, but may be found. */
  public CacheOptions withoutPeers(int number) {
    return options(number, List.of(), 1, "");
  }

  /** The same that need {@code members} and perhaps a {@code secret}. */
  public CacheOptions options(int number, int members, String secret) {
    var peers =
        ports.stream()
            .filter(port -> !port.equals(ports.get(number)))
            .map(port -> "127.0.0.1:" + (port + 2))
            .toList();
    return options(number, peers, members, secret);
  }

  /** The membership address of the node {@code number}. */
  String membership(int number) {
    return "127.0.0.1:" + (ports.get(number) + 2);
  }

  /** The settings of the node {@code number} with these {@code peers}. */
  CacheOptions withPeers(int number, String... peers) {
    return options(number, List.of(peers), 1, "");
  }

  private CacheOptions options(int number, List<String> peers, int members, String secret) {
    return options(
        new Cluster(
            true,
            "127.0.0.1:" + ports.get(number),
            List.of(),
            "test",
            Environment.LOCAL,
            peers,
            2,
            1,
            1,
            members,
            Duration.ofSeconds(2),
            secret));
  }

  /** Settings of {@code cluster}. */
  public static CacheOptions options(Cluster cluster) {
    return new CacheOptions(Mode.HA, Duration.ofSeconds(5), Local.DEFAULTS, cluster, Node.DEFAULTS);
  }

  @Override
  public void close() {
    started.forEach(Started::stop);
  }

  private static boolean free(int port) {
    for (int i = 0; i < PORTS_EACH; i++) {
      try (var socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port + i));
      } catch (IOException taken) {
        return false;
      }
    }
    return true;
  }
}
