package io.ccrelay.cache.cluster.group;

import io.ccrelay.cache.cluster.door.MembershipLog;
import org.jgroups.blocks.cs.NioServer;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.FD_SOCK2;

/**
 * Connections whose end tells that a process ended. The port is not encrypted, so no length that is
 * announced there is believed beyond what members send: their names.
 */
final class LivenessPort extends FD_SOCK2 {

  private static final int LONGEST_MESSAGE = 1 << 16;

  private final MembershipLog strangers;

  LivenessPort(MembershipLog strangers) {
    this.strangers = strangers;
    // Messages name the protocol by this number: it stays that of FD_SOCK2.
    setId(ClassConfigurator.getProtocolId(FD_SOCK2.class));
  }

  @Override
  protected NioServer createServer(int[] ports) {
    NioServer server = super.createServer(ports);
    server.setMaxLength(LONGEST_MESSAGE).log(strangers);
    return server;
  }
}
