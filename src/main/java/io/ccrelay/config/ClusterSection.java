package io.ccrelay.config;

import io.ccrelay.cache.CacheOptions.Cluster;
import io.ccrelay.cache.CacheOptions.Environment;
import io.ccrelay.cache.ClusterAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code cache.olric}. Zero and empty settings are the defaults; what cannot work is an error
 * only where the mode uses the cluster.
 */
final class ClusterSection {

  /** Variable that says the same as the flag {@code -cluster}: this process is a member. */
  private static final String MEMBER = "CC_RELAY_CLUSTER";

  /** Where a member listens of which nothing is said; no further than this machine. */
  private static final String MEMBER_BIND_ADDRESS = "127.0.0.1:3320";

  private static final Cluster DEFAULTS = Cluster.DEFAULTS;

  private static final Map<String, Environment> ENVIRONMENTS = environments();

  private ClusterSection() {}

  /** Whether the process is to join the cluster, whatever the file says of {@code embedded}. */
  static boolean isMember(UnaryOperator<@Nullable String> environment) {
    return "true".equals(environment.apply(MEMBER));
  }

  static Cluster read(Section olric, boolean used, boolean member) {
    List<String> addresses = olric.texts("addresses");
    boolean embedded = olric.flag("embedded", DEFAULTS.embedded());
    boolean joins = member && used && !embedded && addresses.isEmpty();
    var cluster =
        new Cluster(
            embedded || joins,
            olric.text("bind_addr", joins ? MEMBER_BIND_ADDRESS : DEFAULTS.bindAddr()),
            addresses,
            olric.text("dmap_name", DEFAULTS.dmapName()),
            environment(olric, used),
            olric.texts("peers"),
            number(olric, "replica_count", DEFAULTS.replicaCount(), used),
            number(olric, "read_quorum", DEFAULTS.readQuorum(), used),
            number(olric, "write_quorum", DEFAULTS.writeQuorum(), used),
            number(olric, "member_count_quorum", DEFAULTS.memberCountQuorum(), used),
            leaveTimeout(olric, used),
            olric.text("secret", DEFAULTS.secret()));
    olric.finish(UnknownKeys.ignoredUnlessLike("secret"));
    if (used) {
      check(olric, cluster);
      if (member && !cluster.embedded()) {
        olric.warning(
            "addresses", "uses a cluster without joining it: -cluster has no effect beside it");
      }
    }
    return cluster;
  }

  private static void check(Section olric, Cluster cluster) {
    if (!cluster.embedded() && cluster.addresses().isEmpty()) {
      olric.problem(
          "addresses",
          "is required when embedded is false: host:port of the cluster; to join one, start with"
              + " -cluster or set embedded");
    }
    if (cluster.embedded()) {
      checkNode(olric, cluster);
    }
    checkQuorum(olric, "read_quorum", cluster.readQuorum(), cluster.replicaCount());
    checkQuorum(olric, "write_quorum", cluster.writeQuorum(), cluster.replicaCount());
  }

  private static void checkNode(Section olric, Cluster cluster) {
    if (cluster.bindAddr().isEmpty()) {
      olric.problem("bind_addr", "is required when embedded is true: host:port, such as :3320");
      return;
    }
    var bind = ClusterAddress.parse(cluster.bindAddr());
    if (bind.membershipPort() > ClusterAddress.HIGHEST_PORT) {
      olric.problem("bind_addr", "the membership port, which is the port + 2, is above 65535");
    }
    warnOfClientPorts(olric, cluster.peers(), bind);
  }

  private static void warnOfClientPorts(Section olric, List<String> peers, ClusterAddress bind) {
    for (String peer : peers) {
      if (ClusterAddress.parse(peer).port() == bind.clientPort()) {
        olric.warning(
            "peers",
            "%s names the client port; the membership port is %d"
                .formatted(Shown.value(peer), bind.membershipPort()));
      }
    }
  }

  private static void checkQuorum(Section olric, String key, int quorum, int replicas) {
    if (quorum > replicas) {
      olric.problem(key, "is %d, more than replica_count %d".formatted(quorum, replicas));
    }
  }

  private static int number(Section olric, String key, int fallback, boolean used) {
    long value = olric.whole(key).orElse(0L);
    if (used && (value < 0 || value > Integer.MAX_VALUE)) {
      olric.problem(key, "must not be negative or above 2^31 - 1, is " + value);
    }
    return value <= 0 || value > Integer.MAX_VALUE ? fallback : (int) value;
  }

  private static Environment environment(Section olric, boolean used) {
    return used || ENVIRONMENTS.containsKey(olric.text("environment", ""))
        ? olric.choice("environment", DEFAULTS.environment(), ENVIRONMENTS)
        : DEFAULTS.environment();
  }

  private static Duration leaveTimeout(Section olric, boolean used) {
    if (olric.isBareZero("leave_timeout")) {
      olric.problem("leave_timeout", "(expected: a time with its unit, such as 5s)");
    }
    Optional<Duration> timeout = olric.duration("leave_timeout");
    if (used && timeout.filter(Duration::isNegative).isPresent()) {
      olric.problem("leave_timeout", "must not be negative");
    }
    return timeout.filter(Duration::isPositive).orElse(DEFAULTS.leaveTimeout());
  }

  private static Map<String, Environment> environments() {
    var environments = new LinkedHashMap<String, Environment>();
    environments.put("local", Environment.LOCAL);
    environments.put("lan", Environment.LAN);
    environments.put("wan", Environment.WAN);
    return environments;
  }
}
