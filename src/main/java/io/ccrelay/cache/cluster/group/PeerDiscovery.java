package io.ccrelay.cache.cluster.group;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.Event;
import org.jgroups.Message;
import org.jgroups.PhysicalAddress;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.Discovery;
import org.jgroups.protocols.PingData;
import org.jgroups.protocols.PingHeader;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.ByteArray;
import org.jgroups.util.NameCache;
import org.jgroups.util.Responses;
import org.jspecify.annotations.Nullable;

/** Asks {@link Peers}, looked up anew each time, who is in the group. */
final class PeerDiscovery extends Discovery {

  private static final short PROTOCOL = 2801;

  static {
    ClassConfigurator.addProtocol(PROTOCOL, PeerDiscovery.class);
  }

  private final Peers peers;

  PeerDiscovery(Peers peers) {
    this.peers = peers;
  }

  @Override
  public boolean isDynamic() {
    return true;
  }

  @Override
  protected void findMembers(
      @Nullable List<Address> members, boolean initial, Responses responses) {
    var own = (PhysicalAddress) down(new Event(Event.GET_PHYSICAL_ADDRESS, local_addr));
    var data = new PingData(local_addr, false, NameCache.get(local_addr), own);
    if (members != null && members.size() <= max_members_in_discovery_request) {
      data.mbrs(members);
    }
    ByteArray content = marshal(data);
    var header =
        new PingHeader(PingHeader.GET_MBRS_REQ).clusterName(cluster_name).initialDiscovery(initial);
    Set<PhysicalAddress> asked =
        peers.look().stream().map(PeerDiscovery::address).collect(Collectors.toSet());
    asked.remove(own);
    for (PhysicalAddress address : asked) {
      var request =
          new BytesMessage(address)
              .setFlag(Message.Flag.DONT_BUNDLE, Message.Flag.OOB)
              .setFlag(Message.TransientFlag.DONT_LOOPBACK)
              .putHeader(id, header)
              .setArray(content);
      timer.execute(() -> ask(request), sends_can_block);
    }
  }

  private void ask(Message request) {
    try {
      down_prot.down(request);
    } catch (RuntimeException unreachable) {
      log.trace("discovery request to %s failed: %s", request.getDest(), unreachable);
    }
  }

  private static PhysicalAddress address(InetSocketAddress peer) {
    return new IpAddress(peer);
  }
}
