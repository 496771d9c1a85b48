package io.ccrelay.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.ccrelay.proxy.transport.Connections;
import io.ccrelay.proxy.transport.Pace;
import io.ccrelay.testing.Certificates;
import io.ccrelay.testing.Load;
import io.ccrelay.testing.RawClient;
import io.ccrelay.testing.RawH2Client;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class CertificateReloadTest {

  private static final Duration LOOK = Duration.ofMillis(30);

  private static Certificates.Pair one;
  private static Certificates.Pair two;

  @TempDir private Path folder;
  private Path certificate;
  private Path key;
  private GateServer server;
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeAll
  static void makeCertificates(@TempDir Path stores) throws Exception {
    one = Certificates.make(stores, "one");
    two = Certificates.make(stores, "two");
  }

  @BeforeEach
  void start() throws Exception {
    certificate = folder.resolve("cert.pem");
    key = folder.resolve("key.pem");
    write(one.certificate(), one.key());
    var tls = new ServerOptions.Tls(certificate.toString(), key.toString(), false);
    server = new GateServer(withTls(tls), Pace.TICK, new Connections(100));
    CertificateReload.watch(server.vertx, server.server, tls, LOOK);
    log.start();
    logger().addAppender(log);
  }

  @AfterEach
  void stop() throws Exception {
    logger().detachAppender(log);
    server.close();
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(CertificateReload.class);
  }

  private static ServerOptions withTls(ServerOptions.Tls tls) {
    var plain = GateServer.ANY_PORT;
    return new ServerOptions(
        plain.host(),
        0,
        plain.timeout(),
        0,
        plain.maxBodyBytes(),
        false,
        plain.drain(),
        plain.auth(),
        Optional.of(tls));
  }

  private void write(String certificateText, String keyText) throws Exception {
    replace(certificate, certificateText);
    replace(key, keyText);
  }

  /** At once, so that no look sees half a file, and not where nothing changes. */
  private void replace(Path file, String text) throws Exception {
    if (!Files.exists(file) || !Files.readString(file).equals(text)) {
      Path next = Files.writeString(folder.resolve("next"), text);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private SSLSocket socket(String... protocols) throws Exception {
    var socket =
        (SSLSocket)
            Certificates.trustingAll()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.port());
    var parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(protocols);
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private String subject() throws Exception {
    try (var socket = socket()) {
      var chain = socket.getSession().getPeerCertificates();
      return ((X509Certificate) chain[0]).getSubjectX500Principal().getName();
    }
  }

  private boolean soon(Check check) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(8).toNanos();
    while (System.nanoTime() < end) {
      if (check.holds()) {
        return true;
      }
      Thread.sleep(20);
    }
    return false;
  }

  private interface Check {
    boolean holds() throws Exception;
  }

  @Test
  void newHandshakesGetTheNewCertificateAndRunningConnectionsGoOn() throws Exception {
    assertEquals("CN=one", subject());
    try (var running = new RawClient(socket("http/1.1"))) {
      running.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
      assertEquals(200, running.answer().orElseThrow().status());
      write(two.certificate(), two.key());
      assertTrue(soon(() -> subject().equals("CN=two")));
      running.send("GET /y HTTP/1.1\r\nHost: a\r\n\r\n");
      assertEquals(200, running.answer().orElseThrow().status());
    }
    try (var http2 = new RawH2Client(socket("h2"))) {
      http2.request(1, true, "GET", "/x");
      assertEquals(new RawH2Client.Outcome.Answered(200), http2.outcome(1));
    }
  }

  @Test
  void filesThatAreNoPairKeepTheOldCertificateAndAreReportedOnce() throws Exception {
    write(two.certificate(), one.key());
    assertTrue(soon(() -> !log.list.isEmpty()));
    Thread.sleep(LOOK.multipliedBy(5).toMillis());
    assertEquals(1, log.list.size());
    assertEquals("CN=one", subject());
    write(two.certificate(), two.key());
    assertTrue(soon(() -> subject().equals("CN=two")));
  }

  @Test
  void brokenAndMissingFilesKeepTheOldCertificate() throws Exception {
    for (String text : new String[] {"", "nonsense", two.certificate().substring(0, 200)}) {
      log.list.clear();
      write(text, one.key());
      assertTrue(soon(() -> !log.list.isEmpty()), text);
      assertEquals("CN=one", subject());
    }
    log.list.clear();
    Files.delete(certificate);
    assertTrue(soon(() -> !log.list.isEmpty()));
    Thread.sleep(LOOK.multipliedBy(5).toMillis());
    assertEquals(1, log.list.size());
    assertEquals("CN=one", subject());
  }

  @Test
  void fiftyBrokenFilesUnderLoadDisturbNobody() throws Exception {
    String get = "GET /x HTTP/1.1\r\nHost: a\r\n\r\n";
    try (var load = Load.start(4, () -> new RawClient(socket("http/1.1")), get, () -> true)) {
      for (int i = 0; i < 50; i++) {
        write(two.certificate().substring(0, 10 * i), i % 2 == 0 ? two.key() : "nonsense");
        Thread.sleep(LOOK.toMillis());
      }
      assertEquals("CN=one", subject());
      write(two.certificate(), two.key());
      assertTrue(soon(() -> subject().equals("CN=two")));
      load.close();
      assertEquals(java.util.List.of(), load.failures());
      assertTrue(load.answered() > 100, "answered " + load.answered());
    }
  }

  @Test
  void strictnessHoldsOverTls() throws Exception {
    try (var client = new RawClient(socket("http/1.1"))) {
      client.send(
          "GET /x HTTP/1.1\r\nHost: a\r\nX: b\r\n c\r\n\r\nGET /y HTTP/1.1\r\nHost: a\r\n\r\n");
      assertEquals(400, client.answer().orElseThrow().status());
      assertTrue(client.endsWithin(Duration.ofSeconds(2)));
      assertEquals(java.util.List.of("!folded-field"), server.seen);
    }
  }
}
