package io.ccrelay.cache.cluster.door;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jgroups.logging.Slf4jLogImpl;

/**
 * Hears what the membership port warns of and tells of strangers in our words. A connection that
 * ends without a byte, or says nothing, is a probe and not told of. Safe for use from any thread.
 */
public final class MembershipLog extends Slf4jLogImpl {

  private final Strangers strangers;
  private final int port;
  private final boolean tls;

  /**
   * The log of the socket at {@code port}.
   *
   * @param tls whether members speak TLS there
   */
  public MembershipLog(Strangers strangers, int port, boolean tls) {
    super("org.jgroups.protocols.TCP");
    this.strangers = strangers;
    this.port = port;
    this.tls = tls;
  }

  @Override
  public boolean isWarnEnabled() {
    return true;
  }

  /** Among {@code arguments} are the socket of a connection that was not let in, and why. */
  @Override
  public void warn(String format, Object... arguments) {
    Socket socket = null;
    Throwable failure = null;
    for (Object argument : arguments) {
      if (argument instanceof Socket accepted) {
        socket = accepted;
      } else if (argument instanceof Throwable thrown) {
        failure = thrown;
      }
    }
    if (socket != null && failure != null) {
      var from = socket.getRemoteSocketAddress();
      offence(failure).ifPresent(it -> strangers.turnedAway(from, port, it));
    }
  }

  /** A connection that had been let in ends. */
  @Override
  public void warn(String message, Throwable failure) {
    if (failure instanceof IllegalStateException || failure instanceof NegativeArraySizeException) {
      strangers.turnedAway(null, port, Offence.NOT_A_MEMBER);
    }
  }

  @Override
  public void warn(String message) {}

  /** Over TLS, all that JGroups says of a handshake that failed is that the socket is closed. */
  private Optional<Offence> offence(Throwable failure) {
    return switch (failure) {
      case EOFException _, SocketTimeoutException _ -> Optional.empty();
      case SSLException _ -> Optional.of(Offence.NO_CERTIFICATE);
      case SocketException _ when tls -> Optional.of(Offence.NO_CERTIFICATE);
      case SocketException cut ->
          says(cut, "cookie") ? Optional.of(Offence.NOT_A_MEMBER) : Optional.empty();
      case IOException other ->
          Optional.of(says(other, "version") ? Offence.OTHER_VERSION : Offence.NOT_A_MEMBER);
      default -> Optional.of(Offence.NOT_A_MEMBER);
    };
  }

  private static boolean says(Throwable failure, String word) {
    return String.valueOf(failure.getMessage()).contains(word);
  }
}
