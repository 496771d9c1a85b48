package io.ccrelay.upstream.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a client its new authorities when their file changes: contents are read and proved on a
 * worker, and a file that holds no certificates is left alone after one log line. Exchanges that
 * begin afterwards are made over connections proved by the new ones; those under way go on.
 * Confined to one context.
 */
final class TrustReload {

  /** Time between two looks at the file. */
  static final Duration INTERVAL = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(TrustReload.class);

  private final Vertx vertx;
  private final HttpClientAgent client;
  private final ClientSSLOptions options;
  private final Path file;
  private final long timer;
  private @Nullable Buffer current;
  private boolean complained;
  private boolean looking;

  private TrustReload(
      Vertx vertx,
      HttpClientAgent client,
      ClientSSLOptions options,
      String file,
      Duration interval) {
    this.vertx = vertx;
    this.client = client;
    this.options = options;
    this.file = Path.of(file);
    this.timer = vertx.setPeriodic(interval.toMillis(), _ -> look());
  }

  /**
   * Watches {@code file} for {@code client} until closed.
   *
   * @param options how the client meets its peers otherwise
   */
  static TrustReload watch(
      Vertx vertx,
      HttpClientAgent client,
      ClientSSLOptions options,
      String file,
      Duration interval) {
    var reload = new TrustReload(vertx, client, options, file, interval);
    reload.look();
    return reload;
  }

  void close() {
    vertx.cancelTimer(timer);
  }

  private void look() {
    if (looking) {
      return;
    }
    looking = true;
    vertx
        .executeBlocking(this::read, false)
        .map(Objects::requireNonNull)
        .compose(this::use)
        .onFailure(this::complain)
        .onComplete(_ -> looking = false);
  }

  private Buffer read() throws IOException, CertificateException {
    byte[] pem = Files.readAllBytes(file);
    var found =
        CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
    if (found.isEmpty()) {
      throw new CertificateException("no certificate");
    }
    return Buffer.buffer(pem);
  }

  private Future<?> use(Buffer found) {
    if (found.equals(current)) {
      return Future.succeededFuture();
    }
    var trust = new PemTrustOptions().addCertValue(found);
    return client
        .updateSSLOptions(options.copy().setTrustOptions(trust), true)
        .onSuccess(_ -> accepted(found));
  }

  private void accepted(Buffer found) {
    if (current != null) {
      LOG.info("Authorities reloaded from {}", file);
    }
    current = found;
    complained = false;
  }

  private void complain(Throwable failure) {
    if (!complained) {
      complained = true;
      LOG.warn(
          "Authorities cannot be read from {}, the previous ones stay in use: {}",
          file,
          failure.toString());
    }
  }
}
