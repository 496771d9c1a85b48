package io.ccrelay.cache.cluster.group;

import io.ccrelay.cache.ClusterAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where other nodes may be: {@code cache.olric.peers} and the addresses of {@code
 * cache.cluster.dns}. Names are resolved at every look, since a node that comes back may have
 * another address. Looking up may block; safe for use from any thread.
 *
 * <p>A peer on the own membership port is taken at its word, and one on the own client port is
 * meant to be two above. With any other port both are tried: on one machine each node has its own.
 */
public final class Peers {

  private static final Logger LOG = LoggerFactory.getLogger(Peers.class);

  private final List<ClusterAddress> candidates;
  private final String dns;
  private final int membershipPort;
  private final Set<String> unresolved = new LinkedHashSet<>();

  private Peers(List<ClusterAddress> candidates, String dns, int membershipPort) {
    this.candidates = candidates;
    this.dns = dns;
    this.membershipPort = membershipPort;
  }

  /** The peers that {@code entries} and {@code dns} name, for a node with {@code own} ports. */
  public static Peers of(List<String> entries, String dns, Ports own) {
    var candidates = new ArrayList<ClusterAddress>();
    for (String entry : entries) {
      var peer = ClusterAddress.parse(entry);
      if (peer.port() == 0) {
        candidates.add(new ClusterAddress(peer.host(), own.membership()));
      } else if (peer.port() == own.membership()) {
        candidates.add(peer);
      } else {
        if (peer.port() != own.client()) {
          candidates.add(peer);
        }
        if (peer.membershipPort() <= ClusterAddress.HIGHEST_PORT) {
          candidates.add(new ClusterAddress(peer.host(), peer.membershipPort()));
        }
      }
    }
    return new Peers(List.copyOf(candidates), dns, own.membership());
  }

  /** Whether nobody else is expected. */
  public boolean none() {
    return candidates.isEmpty() && dns.isEmpty();
  }

  /** The addresses to ask now. A name that is not known yet is left out, and told of once. */
  public synchronized Set<InetSocketAddress> look() {
    var found = new LinkedHashSet<InetSocketAddress>();
    for (ClusterAddress candidate : candidates) {
      resolve(candidate.host(), candidate.port(), found);
    }
    if (!dns.isEmpty()) {
      resolve(dns, membershipPort, found);
    }
    return found;
  }

  private void resolve(String host, int port, Set<InetSocketAddress> found) {
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        found.add(new InetSocketAddress(address, port));
      }
      unresolved.remove(host);
    } catch (UnknownHostException unknown) {
      if (unresolved.add(host)) {
        LOG.info("cluster: the name {} is not known yet; it is looked up again", host);
      }
    }
  }
}
