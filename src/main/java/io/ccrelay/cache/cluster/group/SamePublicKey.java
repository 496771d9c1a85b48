package io.ccrelay.cache.cluster.group;

import java.net.Socket;
import java.net.SocketAddress;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts those whose certificate holds one public key, and tells of each other one once. */
final class SamePublicKey extends X509ExtendedTrustManager {

  private static final Logger LOG = LoggerFactory.getLogger(MemberTls.class);
  private static final int MOST_TOLD = 64;

  private final byte[] key;
  private final Map<String, Boolean> told = new ConcurrentHashMap<>();

  SamePublicKey(PublicKey key) {
    this.key = key.getEncoded();
  }

  private void check(X509Certificate[] chain, String whom) throws CertificateException {
    if (chain.length > 0 && MessageDigest.isEqual(key, chain[0].getPublicKey().getEncoded())) {
      return;
    }
    if (told.size() < MOST_TOLD && told.putIfAbsent(whom, true) == null) {
      LOG.warn(
          "cluster: {} has another cache.olric.secret and is not let in; it must be equal on all"
              + " nodes",
          whom);
    }
    throw new CertificateException("not a member");
  }

  private static String whom(@Nullable Socket socket) {
    SocketAddress address = socket == null ? null : socket.getRemoteSocketAddress();
    return address instanceof java.net.InetSocketAddress inet
        ? "the node at " + inet.getAddress().getHostAddress()
        : "a node";
  }

  private static String whom(@Nullable SSLEngine engine) {
    return engine == null || engine.getPeerHost() == null
        ? "a node"
        : "the node at " + engine.getPeerHost();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
      throws CertificateException {
    check(chain, whom(socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
      throws CertificateException {
    check(chain, whom(socket));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
      throws CertificateException {
    check(chain, whom(engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
      throws CertificateException {
    check(chain, whom(engine));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain, "a node");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain, "a node");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
