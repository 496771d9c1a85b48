package io.ccrelay.cache.cluster.door;

/** What a connection did for which it is turned away. */
public enum Offence {
  /** Nothing of the protocol of clients. */
  NOT_HOT_ROD(
      "it did not speak Hot Rod",
      "only relays that name this port in cache.olric.addresses, and Hot Rod clients, belong there"),
  /** Requests that cannot be read, or of a map that is not offered. */
  BAD_REQUEST(
      "it asked for what is not offered there, or what cannot be read",
      "cache.olric.dmap_name must be that of the nodes, and clients must not be newer than they"),
  /** A length beyond all bounds. */
  TOO_LONG("it announced a longer message than any member or client sends", Offence.KEEP_AWAY),
  /** TLS where nobody speaks it. */
  TLS_TO_OPEN(
      "it speaks TLS and this node does not",
      "give all nodes and clients the same cache.olric.secret or cache.cluster.tls, or none"),
  /** No TLS where everybody speaks it. */
  OPEN_TO_TLS(
      "it does not speak TLS",
      "if it is a node or a client, it lacks the cache.olric.secret or cache.cluster.tls of this"
          + " node"),
  /** TLS, but no certificate of a member. */
  NO_CERTIFICATE(
      "it did not prove that it is a member",
      "if it is a node or a client, give it the cache.olric.secret or cache.cluster.tls of this"
          + " node"),
  /** Nothing of the protocol of members. */
  NOT_A_MEMBER(
      "it sent what no member sends",
      "if it is a node, it must run the same version and have the same cache.olric.secret or"
          + " cache.cluster.tls"),
  /** Another version of the protocol of members. */
  OTHER_VERSION(
      "it is a node of an incompatible version", "run the same version of cc-relay on all nodes");

  private static final String KEEP_AWAY =
      "only members and clients belong there: keep others away with cache.olric.secret,"
          + " cache.cluster.tls or a firewall";

  private final String what;
  private final String cure;

  Offence(String what, String cure) {
    this.what = what;
    this.cure = cure;
  }

  /** The offence in words. */
  String what() {
    return what;
  }

  /** What to do about it. */
  String cure() {
    return cure;
  }
}
