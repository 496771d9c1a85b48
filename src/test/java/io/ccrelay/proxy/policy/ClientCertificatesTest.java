package io.ccrelay.proxy.policy;

import static io.ccrelay.proxy.policy.PolicyRelay.document;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.policy.CertificateEntity;
import io.ccrelay.proxy.policy.PolicyRelay.With;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.Certificates;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that the relay shows to services, and those that clients show to it. */
class ClientCertificatesTest {

  @TempDir private static Path folder;

  private static Vertx vertx;
  private static HttpServer service;
  private static Certificates.Pair own;
  private static Certificates.Pair theirs;

  @BeforeAll
  static void start() throws Exception {
    own = Certificates.make(folder, "relay");
    theirs = Certificates.make(folder, "service");
    Files.writeString(folder.resolve("service.pem"), theirs.certificate());
    Files.writeString(folder.resolve("service.key"), theirs.key());
    vertx = Vertx.vertx();
    service =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setUseAlpn(true)
                    .setClientAuth(ClientAuth.REQUEST)
                    .setTrustOptions(
                        new PemTrustOptions().addCertValue(Buffer.buffer(own.certificate())))
                    .setKeyCertOptions(keys(theirs)))
            .requestHandler(ClientCertificatesTest::tell);
    Await.result(service.listen(SocketAddress.inetSocketAddress(0, "127.0.0.1")));
  }

  @AfterAll
  static void stop() {
    Await.result(vertx.close());
  }

  private static PemKeyCertOptions keys(Certificates.Pair pair) {
    return new PemKeyCertOptions()
        .addCertValue(Buffer.buffer(pair.certificate()))
        .addKeyValue(Buffer.buffer(pair.key()));
  }

  /** Answers with the subject of the certificate it was shown. */
  private static void tell(HttpServerRequest request) {
    String subject;
    try {
      subject =
          ((X509Certificate) request.sslSession().getPeerCertificates()[0])
              .getSubjectX500Principal()
              .getName();
    } catch (javax.net.ssl.SSLPeerUnverifiedException none) {
      subject = "nobody";
    }
    request.response().end(subject + " " + request.version());
  }

  private static PolicyRelay relay(String inbound) throws Exception {
    return new With(document(inbound, ""))
        .backends("'https://localhost:" + service.actualPort() + "'")
        .settings("tls: {trust: '" + folder.resolve("service.pem") + "'}")
        .certificate("own", CertificateEntity.of(own.certificate(), Optional.of(own.key())))
        .certificate("keyless", CertificateEntity.of(own.certificate(), Optional.empty()))
        .start();
  }

  private static String answer(String inbound) throws Exception {
    try (var relay = relay(inbound)) {
      var answer = relay.get("/");
      return answer.statusCode() == 200 ? answer.body() : String.valueOf(answer.statusCode());
    }
  }

  private static String store() throws Exception {
    return Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve("relay.p12")));
  }

  @Test
  void backendIsShownTheCertificateOfAnId() throws Exception {
    assertEquals("nobody HTTP_1_1", answer(""));
    assertEquals(
        "CN=relay HTTP_1_1", answer("<authentication-certificate certificate-id=\"own\" />"));
    assertEquals(
        "CN=relay HTTP_1_1",
        answer("<authentication-certificate certificate-id=\"@(\"o\" + \"wn\")\" />"));
  }

  @Test
  void backendIsShownTheCertificateOfAThumbprint() throws Exception {
    String print = CertificateEntity.of(own.certificate(), Optional.empty()).first().thumbprint();
    assertEquals(
        "CN=relay HTTP_1_1",
        answer("<authentication-certificate thumbprint=\"" + print.toLowerCase() + "\" />"));
  }

  @Test
  void backendIsShownTheCertificateOfAStoreInTheDocument() throws Exception {
    String statement = "<authentication-certificate body=\"%s\" password=\"%s\" />";
    assertEquals("CN=relay HTTP_1_1", answer(statement.formatted(store(), "changeit")));
    assertEquals(
        "CN=relay HTTP_1_1",
        answer(
            statement.formatted(
                "@(Convert.FromBase64String(\"" + store() + "\"))", "@(\"change\" + \"it\")")));
    assertEquals("500", answer(statement.formatted(store(), "wrong")));
    assertEquals("500", answer(statement.formatted("@(\"no base64 !\")", "changeit")));
  }

  @Test
  void unknownAndKeylessCertificatesAreErrors() throws Exception {
    assertEquals("500", answer("<authentication-certificate certificate-id=\"@(\"other\")\" />"));
    assertEquals("500", answer("<authentication-certificate thumbprint=\"@(\"AB\")\" />"));
    assertEquals("500", answer("<authentication-certificate certificate-id=\"@(\"keyless\")\" />"));
  }

  @Test
  void http2IsOfferedIfTheDocumentSaysSo() throws Exception {
    String forward = "<forward-request http-version=\"%s\" />";
    for (String version : new String[] {"2", "2or1"}) {
      try (var relay =
          new With(document("", forward.formatted(version), "", ""))
              .backends("'https://localhost:" + service.actualPort() + "'")
              .settings("tls: {trust: '" + folder.resolve("service.pem") + "'}")
              .start()) {
        assertEquals("nobody HTTP_2", relay.get("/").body());
      }
    }
  }

  @Test
  void clientsCertificateIsSeenByExpressions() throws Exception {
    String tell =
        "<return-response><set-body>@(context.Request.Certificate == null ? \"nobody\" : context.Request.Certificate.Subject + context.Request.Certificate.Verify())</set-body></return-response>";
    String tls =
        "tls: {certificate: '%s', key: '%s', client_certificates: true}"
            .formatted(folder.resolve("service.pem"), folder.resolve("service.key"));
    try (var relay =
        new With(document(tell, ""))
            .server(tls)
            .certificate("ada", CertificateEntity.of(own.certificate(), Optional.empty()))
            .start()) {
      assertEquals("nobody", shown(relay, new HttpClientOptions()));
      relay.relay.clock.advance(Duration.between(relay.relay.clock.instant(), Instant.now()));
      assertEquals(
          "CN=relayTrue", shown(relay, new HttpClientOptions().setKeyCertOptions(keys(own))));
      assertEquals(
          "CN=serviceFalse", shown(relay, new HttpClientOptions().setKeyCertOptions(keys(theirs))));
    }
  }

  private static String shown(PolicyRelay relay, HttpClientOptions options) {
    var client =
        vertx.createHttpClient(
            options
                .setSsl(true)
                .setVerifyHost(false)
                .setTrustOptions(
                    new PemTrustOptions().addCertValue(Buffer.buffer(theirs.certificate()))));
    return Await.result(
        client
            .request(HttpMethod.GET, relay.relay.port(), "127.0.0.1", "/")
            .compose(request -> request.send())
            .compose(response -> response.body())
            .map(Buffer::toString)
            .onComplete(_ -> client.close()));
  }
}
