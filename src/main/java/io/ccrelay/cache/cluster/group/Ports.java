package io.ccrelay.cache.cluster.group;

import io.ccrelay.cache.ClusterAddress;

/**
 * The ports of a node, counted from the one of {@code cache.olric.bind_addr}.
 *
 * @param client the map, for those outside the cluster
 * @param bus the event bus between members
 * @param membership the group's protocol
 * @param liveness connections whose end tells that a process ended
 */
public record Ports(int client, int bus, int membership, int liveness) {

  /** The ports of a node bound to {@code address}. */
  public static Ports of(ClusterAddress address) {
    int client = address.clientPort();
    return new Ports(client, client + 1, address.membershipPort(), address.membershipPort() + 1);
  }
}
