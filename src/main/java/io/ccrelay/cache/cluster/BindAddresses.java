package io.ccrelay.cache.cluster;

import io.ccrelay.cache.CacheOptions;
import io.ccrelay.cache.ClusterAddress;
import io.ccrelay.cache.cluster.group.MemberTls;
import io.ccrelay.cache.cluster.group.Peers;
import io.ccrelay.cache.cluster.group.Ports;
import io.vertx.core.eventbus.EventBusOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a node listens and what it tells the others to connect to.
 *
 * @param bind all sockets listen here
 * @param advertised what others connect to; differs from {@code bind} if that is every interface
 * @param ports counted from the configured one
 */
record BindAddresses(InetAddress bind, InetAddress advertised, Ports ports) {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterNode.class);

  private static final int BUS_PING_MILLIS = 5_000;
  private static final int BUS_CONNECT_MILLIS = 2_000;

  /** The addresses of a node of {@code options}. Looks names up. */
  static BindAddresses of(CacheOptions options, Peers peers) throws IOException {
    var address = ClusterAddress.parse(options.cluster().bindAddr());
    InetAddress bind =
        address.host().isEmpty()
            ? InetAddress.getByName("0.0.0.0")
            : named("cache.olric.bind_addr", address.host());
    String advertise = options.node().advertise();
    InetAddress advertised =
        !advertise.isEmpty()
            ? named("cache.cluster.advertise", advertise)
            : bind.isAnyLocalAddress() ? outward(peers) : bind;
    return new BindAddresses(bind, advertised, Ports.of(address));
  }

  /** What is advertised, if others cannot see it from the socket. */
  Optional<InetAddress> external() {
    return advertised.equals(bind) ? Optional.empty() : Optional.of(advertised);
  }

  /** The client port as others reach it. */
  String client() {
    String host = advertised.getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + ports.client();
  }

  /** The membership port as others reach it. */
  InetSocketAddress membership() {
    return new InetSocketAddress(advertised, ports.membership());
  }

  boolean loopback() {
    return bind.isLoopbackAddress();
  }

  /** The event bus of the node, to which {@code guard} lets members only. */
  EventBusOptions eventBus(Optional<MemberTls> guard) {
    var bus =
        new EventBusOptions()
            .setHost(bind.getHostAddress())
            .setPort(ports.bus())
            .setClusterPublicHost(advertised.getHostAddress())
            .setClusterPublicPort(ports.bus())
            .setClusterPingInterval(BUS_PING_MILLIS)
            .setClusterPingReplyInterval(BUS_PING_MILLIS)
            .setConnectTimeout(BUS_CONNECT_MILLIS);
    guard.ifPresent(tls -> tls.applyTo(bus));
    return bus;
  }

  /** Tells of what is doubtful about them. */
  void warn(Peers peers, boolean secured) {
    if (!secured && !loopback()) {
      LOG.warn(
          "cluster: whoever reaches {}, ports {} to {}, can join, read and change the cache: set"
              + " cache.olric.secret or cache.cluster.tls, or bind to loopback",
          bind.getHostAddress(),
          ports.client(),
          ports.liveness());
    }
    if (peers.look().contains(membership())) {
      LOG.warn(
          "cache.olric.peers: {} is this node itself and is ignored; name the other nodes",
          membership());
    }
  }

  private static InetAddress named(String setting, String host) throws IOException {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException unknown) {
      throw new IOException(setting + ": the host " + host + " is not known", unknown);
    }
  }

  /** The local address from which packets to the others would go; nothing is sent. */
  private static InetAddress outward(Peers peers) throws SocketException {
    for (InetSocketAddress peer : peers.look()) {
      try (var socket = new DatagramSocket()) {
        socket.connect(peer);
        if (!socket.getLocalAddress().isAnyLocalAddress()) {
          return socket.getLocalAddress();
        }
      } catch (UncheckedIOException | SocketException unreachable) {
        // The next one may be reachable.
      }
    }
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
        .filter(Inet4Address.class::isInstance)
        .findFirst()
        .orElse(InetAddress.getLoopbackAddress());
  }
}
