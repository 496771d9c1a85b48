package io.ccrelay.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.config.ConfigLoader;
import io.ccrelay.config.ConfigWatch;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.Certificates;
import io.ccrelay.testing.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What a running relay takes over from files that change. */
class RelayReloadTest {

  @TempDir Path directory;
  private final RelayFixture relays = new RelayFixture();

  @AfterEach
  void close() throws IOException {
    relays.close();
  }

  @Test
  void aReloadIsUsedByTheNextRequestAndABrokenFileIsNot() throws Exception {
    relays.upstreamMayAnswer();
    RelayServer server = relays.start("");
    assertEquals(200, RelayFixture.post(server.port(), "before").status());
    Path file = directory.resolve("config.yaml");
    Files.writeString(file, relays.yaml(""));
    var watch =
        new ConfigWatch(
            relays.vertx(),
            file,
            name -> null,
            Duration.ofMillis(20),
            ConfigLoader.load(file, name -> null),
            new Reloading(relays.vertx(), server, config -> config));
    watch.start();
    String strict = relays.yaml("server: {listen: '127.0.0.1:0', auth: {api_key: the-relay-key}}");
    Files.writeString(file, strict + "\nlogging: {level: debug}\n");
    Waiting.until(() -> RelayFixture.post(server.port(), "after").status() == 401, "the new key");
    Waiting.until(
        () -> LoggerFactory.getLogger("io.ccrelay.sample").isDebugEnabled(), "the new level");
    Files.writeString(file, "server: {listen: nowhere}\n");
    Waiting.until(
        () -> RelayFixture.metric(server, "cc_relay_config_reloads_total{result=\"failed\"} 1.0"),
        "the count of failures");
    assertEquals(401, RelayFixture.post(server.port(), "still").status());
    assertTrue(RelayFixture.metric(server, "cc_relay_config_reloads_total{result=\"ok\"} 1.0"));
    watch.close();
  }

  @Test
  void aRenewedCertificateIsServedByEveryInstance() throws Exception {
    Path certificate = directory.resolve("cert.pem");
    Path key = directory.resolve("key.pem");
    var old = Certificates.make(directory, "old");
    var renewed = Certificates.make(directory, "renewed");
    Files.writeString(certificate, old.certificate());
    Files.writeString(key, old.key());
    int port = RelayFixture.freePort();
    Await.result(
        RelayServer.start(
            relays.vertx(),
            relays.config(
                "server: {listen: '127.0.0.1:%d', tls: {certificate: '%s', key: '%s'}}"
                    .formatted(port, certificate, key)),
            StartOptions.DEFAULTS));
    assertTrue(subject(port).contains("old"), subject(port));
    Files.writeString(certificate, renewed.certificate());
    Files.writeString(key, renewed.key());
    Waiting.until(() -> subject(port).contains("renewed"), "the renewed certificate");
    for (int i = 0; i < 4; i++) {
      assertTrue(subject(port).contains("renewed"));
    }
  }

  private static String subject(int port) {
    try (var socket =
        (SSLSocket)
            Certificates.trustingAll()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.startHandshake();
      return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
          .getSubjectX500Principal()
          .getName();
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
