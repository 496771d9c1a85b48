package io.ccrelay.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Three Redis servers that share the keys out among them. */
public final class RedisCluster implements AutoCloseable {

  private static final int SLOTS = 16_384;

  private final List<RedisProcess> nodes = new ArrayList<>();

  private static final class Shared {
    static final RedisCluster ONE = new RedisCluster();

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(ONE::close));
    }
  }

  /** One for all tests that leave it as it is, emptied. */
  public static RedisCluster shared() {
    Shared.ONE.nodes.forEach(node -> node.say("FLUSHALL"));
    return Shared.ONE;
  }

  /** A cluster in which every slot has a server. */
  public RedisCluster() {
    this(RedisProcess::open);
  }

  /** One whose nodes speak TLS, to each other too, with further {@code settings}. */
  public static RedisCluster overTls(RedisTls tls, String... settings) {
    return new RedisCluster(own ->
        RedisProcess.openBoth(
            tls,
            Stream.of(own, new String[] {"--tls-cluster", "yes"}, settings)
                .flatMap(Stream::of)
                .toArray(String[]::new)));
  }

  private RedisCluster(Function<String[], RedisProcess> opener) {
    for (int i = 0; i < 3; i++) {
      nodes.add(opener.apply(settings()));
    }
    for (int i = 0; i < 3; i++) {
      give(nodes.get(i), SLOTS * i / 3, SLOTS * (i + 1) / 3);
      nodes.get(i).say("CLUSTER", "SET-CONFIG-EPOCH", String.valueOf(i + 1));
    }
    for (RedisProcess other : nodes.subList(1, 3)) {
      nodes.getFirst().say("CLUSTER", "MEET", "127.0.0.1", String.valueOf(other.port()));
    }
    Waiting.until(this::whole, "a whole cluster");
  }

  private static String[] settings() {
    return new String[] {
      "--cluster-enabled",
      "yes",
      "--cluster-config-file",
      "nodes.conf",
      "--cluster-node-timeout",
      "2000",
      "--cluster-require-full-coverage",
      "no"
    };
  }

  private static void give(RedisProcess node, int from, int to) {
    node.say(
        Stream.concat(
                Stream.of("CLUSTER", "ADDSLOTS"),
                IntStream.range(from, to).mapToObj(String::valueOf))
            .toArray(String[]::new));
  }

  /** Whether each node knows of all slots and of all others. */
  public boolean whole() {
    return nodes.stream()
        .map(node -> node.say("CLUSTER", "INFO"))
        .allMatch(said ->
            said.contains("cluster_state:ok")
                && said.contains("cluster_slots_ok:" + SLOTS)
                && said.contains("cluster_known_nodes:3"));
  }

  /** Where two of the nodes are. */
  public List<String> endpoints() {
    return nodes.stream().limit(2).map(RedisProcess::endpoint).toList();
  }

  /** The node number {@code index}. */
  public RedisProcess node(int index) {
    return nodes.get(index);
  }

  @Override
  public void close() {
    nodes.forEach(RedisProcess::close);
  }
}
