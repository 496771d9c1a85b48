package io.ccrelay.cache;

import java.nio.file.Path;
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
 * @param node what this program adds to the settings of a node
 * @param persistence where the local store is kept over restarts, if it is
 */
public record CacheOptions(
    Mode mode,
    Duration deadline,
    Local local,
    Cluster cluster,
    Node node,
    Optional<Persistence> persistence) {

  /** Local store, 100 MiB, deadline 100 ms. */
  public static final CacheOptions DEFAULTS =
      new CacheOptions(
          Mode.SINGLE, Duration.ofMillis(100), Local.DEFAULTS, Cluster.DEFAULTS, Node.DEFAULTS);

  /** Options of a store that ends with its process. */
  public CacheOptions(Mode mode, Duration deadline, Local local, Cluster cluster, Node node) {
    this(mode, deadline, local, cluster, node, Optional.empty());
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
   * @param secret what members prove to know before they are let in; empty = nothing
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
      Duration leaveTimeout,
      String secret) {

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
            Duration.ofSeconds(5),
            "");

    /** Makes the lists immutable. */
    public Cluster {
      addresses = List.copyOf(addresses);
      peers = List.copyOf(peers);
    }

    /** Without the secret. */
    @Override
    public String toString() {
      return "Cluster[embedded=%s, bindAddr=%s, addresses=%s, dmapName=%s, peers=%s]"
          .formatted(embedded, bindAddr, addresses, dmapName, peers);
    }
  }

  /**
   * {@code cache.cluster}.
   *
   * @param dns a name whose addresses are those of the nodes, all on one membership port; empty =
   *     only {@code peers}
   * @param advertise the host under which the other nodes reach this one; empty = found out
   * @param maxBytes most bytes of the distributed map that this node holds
   * @param near the tier in front of the map
   * @param tls files of a certificate of this node's own
   */
  public record Node(
      String dns, String advertise, long maxBytes, Near near, Optional<TlsFiles> tls) {

    /** Peers only, 100 MiB, a near tier, no certificate. */
    public static final Node DEFAULTS =
        new Node("", "", Local.DEFAULTS.maxCost(), Near.DEFAULTS, Optional.empty());
  }

  /**
   * {@code cache.cluster.near}: entries used lately, held in this process in front of the map.
   *
   * @param enabled whether there is such a tier
   * @param maxBytes most bytes it holds
   * @param maxAge longest time an entry is served without asking the map again
   */
  public record Near(boolean enabled, long maxBytes, Duration maxAge) {

    /** 32 MiB, 5 s. */
    public static final Near DEFAULTS = new Near(true, 32 << 20, Duration.ofSeconds(5));
  }

  /**
   * {@code cache.cluster.tls}: PEM files.
   *
   * @param certificate chain of this node
   * @param key its private key, PKCS #8
   * @param authority certificates that signed those of all nodes
   */
  public record TlsFiles(Path certificate, Path key, Path authority) {}

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
