package io.ccrelay.proxy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a listener its new certificate when the files change: contents are compared on a worker, a
 * pair is proved to belong together before it is used, and files that do not are left alone after
 * one log line. Running connections go on. Confined to one context.
 */
public final class CertificateReload {

  /** Time between two looks at the files. */
  public static final Duration INTERVAL = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(CertificateReload.class);

  private final Vertx vertx;
  private final HttpServer server;
  private final ServerOptions.Tls files;
  private final long timer;

  private @Nullable Pem current;
  private @Nullable Pem rejected;
  private boolean complained;
  private boolean unreadable;
  private boolean looking;

  private record Pem(Buffer certificate, Buffer key) {

    PemKeyCertOptions options() {
      return new PemKeyCertOptions().setCertValue(certificate).setKeyValue(key);
    }
  }

  private CertificateReload(
      Vertx vertx, HttpServer server, ServerOptions.Tls files, Duration pace) {
    this.vertx = vertx;
    this.server = server;
    this.files = files;
    this.timer = vertx.setPeriodic(pace.toMillis(), _ -> look());
  }

  /** Watches {@code files} for {@code server}, which listens, until the context closes. */
  public static CertificateReload watch(Vertx vertx, HttpServer server, ServerOptions.Tls files) {
    return watch(vertx, server, files, INTERVAL);
  }

  static CertificateReload watch(
      Vertx vertx, HttpServer server, ServerOptions.Tls files, Duration interval) {
    return new CertificateReload(vertx, server, files, interval);
  }

  /** Stops watching. */
  public void close() {
    vertx.cancelTimer(timer);
  }

  private void look() {
    if (looking) {
      return;
    }
    looking = true;
    onWorker(this::read)
        .onSuccess(_ -> unreadable = false)
        .onFailure(this::complain)
        .compose(this::use)
        .onComplete(_ -> looking = false);
  }

  private void complain(Throwable failure) {
    if (!unreadable) {
      unreadable = true;
      LOG.warn(
          "Certificate files cannot be read, the previous ones stay in use: {}",
          failure.toString());
    }
  }

  private Pem read() throws IOException {
    return new Pem(
        Buffer.buffer(Files.readAllBytes(Path.of(files.certificate()))),
        Buffer.buffer(Files.readAllBytes(Path.of(files.key()))));
  }

  private Future<?> use(Pem found) {
    if (found.equals(current)) {
      return Future.succeededFuture();
    }
    if (found.equals(rejected)) {
      complain();
      return Future.succeededFuture();
    }
    return onWorker(() -> proved(found))
        .compose(it -> server.updateSSLOptions(sslOptions(it), true))
        .onSuccess(_ -> accepted(found))
        .otherwise(_ -> reject(found));
  }

  private ServerSSLOptions sslOptions(Pem pem) {
    var options = new ServerSSLOptions().setUseAlpn(true).setKeyCertOptions(pem.options());
    if (files.clientCertificates()) {
      ClientProof.ask(options);
    }
    return options;
  }

  private void accepted(Pem found) {
    if (current != null || rejected != null) {
      LOG.info("Certificate reloaded from {}", files.certificate());
    }
    current = found;
    rejected = null;
    complained = false;
  }

  /** A file may be half written or its partner may follow: complaining waits for another look. */
  private Boolean reject(Pem found) {
    rejected = found;
    complained = false;
    return false;
  }

  private void complain() {
    if (!complained) {
      complained = true;
      LOG.warn(
          "Certificate {} and its key do not form a usable pair; the previous one stays in use",
          files.certificate());
    }
  }

  /** {@code pem} itself if its key signs what its certificate verifies. */
  private Pem proved(Pem pem) throws Exception {
    for (KeyManager manager : pem.options().getKeyManagerFactory(vertx).getKeyManagers()) {
      if (manager instanceof X509KeyManager keys && isPair(keys)) {
        return pem;
      }
    }
    throw new GeneralSecurityException("no usable pair");
  }

  private static boolean isPair(X509KeyManager keys) throws GeneralSecurityException {
    for (String type : new String[] {"RSA", "EC", "EdDSA", "RSASSA-PSS"}) {
      String[] aliases = keys.getServerAliases(type, null);
      if (aliases != null && aliases.length > 0) {
        return isPair(keys.getPrivateKey(aliases[0]), keys.getCertificateChain(aliases[0])[0]);
      }
    }
    return false;
  }

  private static boolean isPair(PrivateKey key, X509Certificate certificate)
      throws GeneralSecurityException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "EdDSA", "Ed25519", "Ed448" -> "EdDSA";
          default -> "SHA256withRSA";
        };
    byte[] text = {1, 2, 3};
    Signature signing = Signature.getInstance(algorithm);
    signing.initSign(key);
    signing.update(text);
    Signature verifying = Signature.getInstance(algorithm);
    verifying.initVerify(certificate.getPublicKey());
    verifying.update(text);
    return verifying.verify(signing.sign());
  }

  private <T> Future<T> onWorker(Callable<T> task) {
    return vertx.executeBlocking(task, false).map(Objects::requireNonNull);
  }
}
