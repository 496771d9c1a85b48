package io.ccrelay.cache.cluster.group;

import io.ccrelay.cache.cluster.door.MembershipLog;
import io.ccrelay.cache.cluster.door.Strangers;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.infinispan.remoting.transport.jgroups.AbstractJGroupsChannelConfigurator;
import org.infinispan.remoting.transport.jgroups.JGroupsChannelConfigurator;
import org.jgroups.JChannel;
import org.jgroups.View;
import org.jgroups.conf.ProtocolConfiguration;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FD_SOCK2;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.MFC_NB;
import org.jgroups.protocols.UFC_NB;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.util.TLSClientAuth;
import org.jspecify.annotations.Nullable;

/**
 * The protocols of a group of nodes over TCP, every socket bound where the configuration says, none
 * of them multicast.
 *
 * <p>Sending never blocks on one slow or paused node: each connection has a bounded queue of its
 * own, and flow control queues instead of holding the sender.
 */
public final class Group extends AbstractJGroupsChannelConfigurator
    implements JGroupsChannelConfigurator {

  private static final int QUEUED_MESSAGES = 1024;
  private static final long CREDIT_BYTES = 8 << 20;

  /** Messages are cut below this; whoever announces a longer one is no member. */
  private static final int LONGEST_FRAME = 4 << 20;

  private static final int QUEUED_BYTES = 32 << 20;

  private final Settings settings;
  private volatile @Nullable JChannel channel;

  /**
   * What a group is made with.
   *
   * @param bind where sockets listen
   * @param advertised the address that others are told, if it is another
   * @param ports of this node
   * @param peers where the others may be
   * @param pace how fast it reacts
   * @param leave longest wait for the others to hear that this node leaves
   * @param guard who is let in; empty = everybody who reaches the port
   * @param strangers is told of who is turned away
   */
  public record Settings(
      InetAddress bind,
      Optional<InetAddress> advertised,
      Ports ports,
      Peers peers,
      Pace pace,
      Duration leave,
      Optional<MemberTls> guard,
      Strangers strangers) {}

  /** A connection that cannot be written to is closed without what was not sent after this. */
  private static final int LONGEST_CLOSE_SECONDS = 1;

  /** A group of {@code settings}. */
  public Group(Settings settings) {
    this.settings = settings;
  }

  /** The view now; none before the group was joined. */
  public @Nullable View view() {
    JChannel joined = channel;
    return joined == null ? null : joined.getView();
  }

  @Override
  public JChannel createChannel(String name) throws Exception {
    JChannel made = channel();
    channel = made;
    return made;
  }

  private JChannel channel() throws Exception {
    return amendChannel(
        new JChannel(
            List.of(
                transport(),
                new PeerDiscovery(settings.peers()),
                merging(),
                closedSockets(),
                heartbeats(),
                new VERIFY_SUSPECT2().setTimeout(settings.pace().verify().toMillis()),
                new NAKACK2(),
                new UNICAST3().setConnCloseTimeout(5000).setXmitInterval(200),
                new STABLE().setDesiredAverageGossip(5000).setMaxBytes(1 << 20),
                membership(),
                new UFC_NB().setMaxQueueSize(QUEUED_BYTES).setMaxCredits(CREDIT_BYTES),
                new MFC_NB().setMaxQueueSize(QUEUED_BYTES).setMaxCredits(CREDIT_BYTES),
                new FRAG4().setFragSize(60_000))));
  }

  private MembershipPort transport() {
    var tcp = new MembershipPort(log(settings.ports().membership(), settings.guard().isPresent()));
    tcp.nonBlockingSends(true).maxSendQueue(QUEUED_MESSAGES).logAcceptError(true);
    tcp.setSockConnTimeout((int) settings.pace().connect().toMillis());
    tcp.setBindAddress(settings.bind());
    tcp.setBindPort(settings.ports().membership());
    tcp.setPortRange(0);
    // Otherwise one look-up in some hundred waits 40 ms for an acknowledgement.
    tcp.tcpNodelay(true);
    tcp.setBundler(new Bundles());
    tcp.setLinger(LONGEST_CLOSE_SECONDS);
    tcp.setExternalAddr(settings.advertised().orElse(null));
    tcp.getThreadPool().setMinThreads(2).setMaxThreads(200);
    tcp.setMaxLength(LONGEST_FRAME);
    settings
        .guard()
        .ifPresent(guard ->
            tcp.tls(
                new PatientTls(guard.context(), settings.pace().handshake())
                    .setClientAuth(TLSClientAuth.NEED)));
    return tcp;
  }

  private MERGE3 merging() {
    return new MERGE3()
        .setMinInterval(settings.pace().mergeFrom().toMillis())
        .setMaxInterval(settings.pace().mergeTo().toMillis());
  }

  private MembershipLog log(int port, boolean tls) {
    return new MembershipLog(settings.strangers(), port, tls);
  }

  private FD_SOCK2 closedSockets() {
    return new LivenessPort(log(settings.ports().liveness(), false))
        .setBindAddress(settings.bind())
        .setExternalAddress(settings.advertised().orElse(null))
        .setOffset(settings.ports().liveness() - settings.ports().membership())
        .setPortRange(0);
  }

  private FD_ALL3 heartbeats() {
    return new FD_ALL3()
        .setTimeout(settings.pace().silence().toMillis())
        .setInterval(settings.pace().heartbeat().toMillis());
  }

  private GMS membership() {
    return new GMS()
        .printLocalAddress(false)
        .setJoinTimeout(settings.peers().none() ? 1 : settings.pace().join().toMillis())
        .setMaxJoinAttempts(3)
        .setLeaveTimeout(settings.leave().toMillis())
        .setMergeTimeout(3000);
  }

  @Override
  public String getName() {
    return "cc-relay";
  }

  @Override
  public String getProtocolStackString() {
    return getName();
  }

  @Override
  public List<ProtocolConfiguration> getProtocolStack() {
    return List.of();
  }
}
