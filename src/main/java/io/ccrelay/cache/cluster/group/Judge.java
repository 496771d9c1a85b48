package io.ccrelay.cache.cluster.group;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges the certificates of others, and tells of each one that is refused once. */
abstract class Judge extends X509ExtendedTrustManager {

  private static final Logger LOG = LoggerFactory.getLogger(MemberTls.class);
  private static final int MOST_TOLD = 64;

  private final Map<String, Boolean> told = new ConcurrentHashMap<>();

  /** Throws if {@code chain} is none of a member's. */
  abstract void judge(X509Certificate[] chain, String type, boolean server)
      throws CertificateException;

  /** Why one is refused, and what to do about it. */
  abstract String reproach();

  private void check(X509Certificate[] chain, String type, boolean server, String whom)
      throws CertificateException {
    try {
      judge(chain, type, server);
    } catch (CertificateException refused) {
      if (told.size() < MOST_TOLD && told.putIfAbsent(whom, true) == null) {
        LOG.warn("cluster: {} {}", whom, reproach());
        LOG.debug("cluster: its certificate: {}", refused.getMessage());
      }
      throw refused;
    }
  }

  private static String whom(@Nullable Socket socket) {
    SocketAddress address = socket == null ? null : socket.getRemoteSocketAddress();
    return address instanceof InetSocketAddress inet
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
    check(chain, type, false, whom(socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
      throws CertificateException {
    check(chain, type, true, whom(socket));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
      throws CertificateException {
    check(chain, type, false, whom(engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
      throws CertificateException {
    check(chain, type, true, whom(engine));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain, type, false, "a node");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain, type, true, "a node");
  }
}
