package io.ccrelay.proxy;

import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509TrustManager;

/**
 * Certificates of clients (RFC 8446 section 4.4.2). The handshake proves that a client holds the
 * key of the one it shows; whether that one may do anything is for policies to say.
 */
public final class ClientProof {

  private ClientProof() {}

  /** Asks clients for a certificate; those without one are served, too. */
  static void ask(ServerSSLOptions options) {
    options.setClientAuth(ClientAuth.REQUEST).setTrustOptions(TrustOptions.wrap(new Anybody()));
  }

  /** The certificate of the client behind {@code request}. */
  public static Optional<X509Certificate> of(HttpServerRequest request) {
    SSLSession session = request.sslSession();
    if (session == null) {
      return Optional.empty();
    }
    try {
      return session.getPeerCertificates()[0] instanceof X509Certificate certificate
          ? Optional.of(certificate)
          : Optional.empty();
    } catch (SSLPeerUnverifiedException none) {
      return Optional.empty();
    }
  }

  /** Trusts no server, and every client to be who it says. */
  private static final class Anybody implements X509TrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
      throw new UnsupportedOperationException("not a client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
