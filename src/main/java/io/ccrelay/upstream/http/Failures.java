package io.ccrelay.upstream.http;

import io.ccrelay.upstream.UpstreamException;
import io.ccrelay.upstream.UpstreamException.Kind;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.EncoderException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/**
 * What a failure of the transport means. The details are made from a closed set: messages of the
 * transport can quote what was sent.
 */
final class Failures {

  private Failures() {}

  /** No connection was obtained. */
  static UpstreamException connecting(Throwable cause) {
    return switch (cause) {
      case UpstreamException known -> known;
      case ConnectTimeoutException e -> of(Kind.CONNECT_TIMEOUT, "no connection in time");
      case ConnectionPoolTooBusyException e -> of(Kind.BUSY, "too many wait for a connection");
      case UnknownHostException e -> of(Kind.CONNECT, "host name not known");
      case SSLException e -> of(Kind.CONNECT, "TLS handshake failed");
      default -> of(Kind.CONNECT, "connection not established");
    };
  }

  /** A connection was obtained and the exchange broke on it; {@code lost} before any answer. */
  static UpstreamException exchanging(Throwable cause, boolean lost) {
    return switch (cause) {
      case UpstreamException known -> known;
      case EncoderException e -> unsendable();
      default ->
          lost ? UpstreamException.lost() : of(Kind.BROKEN, "connection ended or answer malformed");
    };
  }

  static UpstreamException unsendable() {
    return of(Kind.UNSENDABLE, "request cannot be expressed in HTTP");
  }

  static UpstreamException of(Kind kind, String detail) {
    return new UpstreamException(kind, detail);
  }
}
