package io.ccrelay.cache.cluster.group;

import io.ccrelay.cache.cluster.door.MembershipLog;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.TCP;

/** TCP whose socket tells {@link MembershipLog} of those it turns away. */
final class MembershipPort extends TCP {

  private final MembershipLog strangers;

  MembershipPort(MembershipLog strangers) {
    this.strangers = strangers;
    // Messages name the protocol by this number: it stays that of TCP.
    setId(ClassConfigurator.getProtocolId(TCP.class));
  }

  @Override
  public void start() throws Exception {
    super.start();
    srv.log(strangers).logDetails(true);
  }
}
