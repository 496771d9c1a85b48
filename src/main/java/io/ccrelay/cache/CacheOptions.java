package io.ccrelay.cache;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The {@code cache} section of the configuration.
 *
 * @param mode which backend
 * @param deadline longest time the relay waits for any cache operation
 * @param local the local store
 * @param cluster the distributed map
 * @param persistence where the local store is kept over restarts, if it is
 */
public record CacheOptions(
    Mode mode, Duration deadline, Local local, Cluster cluster, Optional<Persistence> persistence) {

  /** Local store, 100 MiB, deadline 100 ms. */
  public static final CacheOptions DEFAULTS =
      new CacheOptions(Mode.SINGLE, Duration.ofMillis(100), Local.DEFAULTS, Cluster.DEFAULTS);

  /** Options of a store that ends with its process. */
  public CacheOptions(Mode mode, Duration deadline, Local local, Cluster cluster) {
    this(mode, deadline, local, cluster, Optional.empty());
  }

  /**
   * {@code cache.persistence}.
   *
   * @param directory where
   * @param interval time from one snapshot to the next
   */
  public record Persistence(String directory, Duration interval) {

    /** Time between snapshots unless something else is said. */
    public static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(5);
  }

  /** Which backend. */
  public enum Mode {
    /** Caffeine in this process. */
    SINGLE,
    /** The cluster's distributed map. */
    HA,
    /** Nothing is ever stored. */
    DISABLED
  }

  /**
   * {@code cache.ristretto}.
   *
   * @param numCounters accepted for compatibility; the store sizes its own frequency sketch
   * @param maxCost most bytes held by the local store
   * @param bufferItems accepted for compatibility
   */
  public record Local(long numCounters, long maxCost, long bufferItems) {

    /** 1 000 000 counters, 100 MiB, 64 buffered keys. */
    public static final Local DEFAULTS = new Local(1_000_000, 104_857_600, 64);
  }

  /**
   * {@code cache.olric}.
   *
   * @param embedded whether this process is a node of the cluster
   * @param bindAddr client endpoint of an embedded node, {@code host[:port]}, empty if not embedded
   * @param addresses client endpoints of an existing cluster, for client mode
   * @param dmapName name of the distributed map
   * @param environment failure-detection preset
   * @param peers membership addresses of other nodes
   * @param replicaCount copies per key
   * @param readQuorum copies that must answer a read
   * @param writeQuorum copies that must acknowledge a write
   * @param memberCountQuorum members needed before the cache works
   * @param leaveTimeout longest graceful leave
   */
  public record Cluster(
      boolean embedded,
      String bindAddr,
      List<String> addresses,
      String dmapName,
      Environment environment,
      List<String> peers,
      int replicaCount,
      int readQuorum,
      int writeQuorum,
      int memberCountQuorum,
      Duration leaveTimeout) {

    /** Not embedded, map {@code cc-relay}, one copy. */
    public static final Cluster DEFAULTS =
        new Cluster(
            false,
            "",
            List.of(),
            "cc-relay",
            Environment.LOCAL,
            List.of(),
            1,
            1,
            1,
            1,
            Duration.ofSeconds(5));

    /** Makes the lists immutable. */
    public Cluster {
      addresses = List.copyOf(addresses);
      peers = List.copyOf(peers);
    }
  }

  /** How far apart the nodes are. */
  public enum Environment {
    /** One machine. */
    LOCAL,
    /** One site. */
    LAN,
    /** Several sites. */
    WAN
  }
}
