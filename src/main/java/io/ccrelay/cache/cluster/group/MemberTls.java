package io.ccrelay.cache.cluster.group;

import io.ccrelay.cache.CacheOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * How members prove that they are: TLS with a certificate on both sides, on every port. The
 * certificate comes from files, or is derived from {@code cache.olric.secret}: whoever knows the
 * secret has the same key pair, and no other is accepted.
 */
public final class MemberTls {

  private final PfxOptions key;
  private final PfxOptions trusted;
  private final SSLContext context;

  /**
   * Members that present {@code chain}.
   *
   * @param trusted certificates that members have, or that signed theirs
   * @param trust judges them
   */
  MemberTls(
      PrivateKey key,
      X509Certificate[] chain,
      X509Certificate[] trusted,
      X509ExtendedTrustManager trust)
      throws GeneralSecurityException, IOException {
    String password = HexFormat.of().toHexDigits(new SecureRandom().nextLong());
    this.key = options(KeyStores.ofKey(key, chain, password), password);
    this.trusted = options(KeyStores.ofTrusted(trusted, password), password);
    this.context = SSLContext.getInstance("TLSv1.3");
    context.init(new KeyManager[] {new OneKey(key, chain)}, new TrustManager[] {trust}, null);
  }

  private static PfxOptions options(byte[] store, String password) {
    return new PfxOptions().setValue(Buffer.buffer(store)).setPassword(password);
  }

  /**
   * What {@code options} ask for: nothing if there are neither files nor a secret.
   *
   * @throws IOException naming the setting whose file cannot be used
   */
  public static Optional<MemberTls> of(CacheOptions options) throws IOException {
    String secret = options.cluster().secret();
    try {
      if (options.node().tls().isPresent()) {
        return Optional.of(CertificateFiles.read(options.node().tls().get()));
      }
      return secret.isEmpty() ? Optional.empty() : Optional.of(SecretCertificate.of(secret));
    } catch (GeneralSecurityException failure) {
      throw new IOException("cache.cluster.tls: " + failure.getMessage(), failure);
    }
  }

  /** Both sides of connections. */
  public SSLContext context() {
    return context;
  }

  /** Puts it on the event bus. */
  public void applyTo(EventBusOptions bus) {
    bus.setSsl(true)
        .setClientAuth(ClientAuth.REQUIRED)
        .setTrustAll(false)
        .setKeyCertOptions(key)
        .setTrustOptions(trusted);
  }
}
