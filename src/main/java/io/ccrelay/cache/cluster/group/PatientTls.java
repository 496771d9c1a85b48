package io.ccrelay.cache.cluster.group;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jgroups.util.DefaultSocketFactory;
import org.jgroups.util.SocketFactory;
import org.jgroups.util.TLS;

/**
 * TLS whose handshakes end in time. The kernel accepts connections to a process that stands still,
 * and JGroups would wait for its handshake for ever.
 */
final class PatientTls extends TLS {

  private final int longestMillis;

  PatientTls(SSLContext context, Duration longest) {
    this.longestMillis = (int) longest.toMillis();
    enabled(true).setSSLContext(context);
  }

  @Override
  public SocketFactory createSocketFactory(SSLContext context) {
    SocketFactory factory = super.createSocketFactory(context);
    if (factory instanceof DefaultSocketFactory sockets) {
      sockets.setSocketConfigurator(this::limit);
    }
    return factory;
  }

  private void limit(Socket socket) {
    try {
      socket.setSoTimeout(longestMillis);
      if (socket instanceof SSLSocket tls) {
        tls.addHandshakeCompletedListener(completed -> unlimit(completed.getSocket()));
      }
    } catch (SocketException closed) {
      throw new UncheckedIOException(closed);
    }
  }

  private static void unlimit(Socket socket) {
    try {
      socket.setSoTimeout(0);
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
  }
}
