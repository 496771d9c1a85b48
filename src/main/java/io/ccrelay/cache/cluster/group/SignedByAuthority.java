package io.ccrelay.cache.cluster.group;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;

/**
 * Accepts those whose certificate an authority signed (RFC 5280 section 6), whatever host they are
 * on: an authority of the cluster's own signs for members only.
 */
final class SignedByAuthority extends Judge {

  private final X509TrustManager path;

  /** Judges as {@code path} does. */
  SignedByAuthority(X509TrustManager path) {
    this.path = path;
  }

  @Override
  void judge(X509Certificate[] chain, String type, boolean server) throws CertificateException {
    if (server) {
      path.checkServerTrusted(chain, type);
    } else {
      path.checkClientTrusted(chain, type);
    }
  }

  @Override
  String reproach() {
    return "has no certificate that cache.cluster.tls.authority signed and that is valid now, and"
        + " is not let in; all nodes and clients need one of the same authority";
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return path.getAcceptedIssuers();
  }
}
