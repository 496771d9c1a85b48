package io.ccrelay.upstream.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.testing.Await;
import io.ccrelay.upstream.BackendTls;
import io.ccrelay.upstream.UpstreamException;
import io.ccrelay.upstream.UpstreamException.Kind;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SelfSignedCertificate;
import io.vertx.core.net.SocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Upstreams are who their certificate says, or nothing is sent to them. */
class UpstreamTlsTest {

  private final SelfSignedCertificate certificate = SelfSignedCertificate.create("localhost");
  private Vertx vertx;
  private HttpServer server;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setUseAlpn(true)
                    .setKeyCertOptions(certificate.keyCertOptions()))
            .requestHandler(
                request -> request.response().end(request.version() + " " + request.authority()));
    Await.result(server.listen(SocketAddress.inetSocketAddress(0, "127.0.0.1")));
  }

  @AfterEach
  void stop() {
    Await.result(vertx.close());
    certificate.delete();
  }

  private String asked(String host, boolean trusting) {
    HttpUpstreamOptions options = HttpUpstreamOptions.DEFAULTS;
    var client = HttpUpstream.client(options);
    if (trusting) {
      client.setTrustOptions(certificate.trustOptions());
    }
    Context context = vertx.getOrCreateContext();
    Promise<Upstreams.Whole> answer = Promise.promise();
    String origin = "https://" + host + ":" + server.actualPort();
    context.runOnContext(v ->
        new HttpUpstream(vertx, options, client, new InFlight(options))
            .send(Upstreams.get(origin, "/"))
            .compose(Upstreams::whole)
            .onComplete(answer));
    return Await.result(
        answer
            .future()
            .map(Upstreams.Whole::text)
            .otherwise(e -> ((UpstreamException) e).kind().name()));
  }

  @Test
  void aTrustedUpstreamIsAskedInHttp11() {
    assertEquals("HTTP_1_1 localhost:" + server.actualPort(), asked("localhost", true));
  }

  private String asked(String host, BackendTls tls) {
    var options = HttpUpstreamOptions.DEFAULTS;
    Promise<Upstreams.Whole> answer = Promise.promise();
    String origin = "https://" + host + ":" + server.actualPort();
    vertx
        .getOrCreateContext()
        .runOnContext(v ->
            new HttpUpstream(vertx, options, new InFlight(options))
                .over(tls)
                .send(Upstreams.get(origin, "/", "Host", "shop.example"))
                .compose(Upstreams::whole)
                .onComplete(answer));
    return Await.result(
        answer
            .future()
            .map(Upstreams.Whole::text)
            .otherwise(e -> ((UpstreamException) e).kind().name()));
  }

  private BackendTls tls(String serverName, boolean verified, boolean http2) {
    return new BackendTls(
        verified ? Optional.of(certificate.certificatePath()) : Optional.empty(),
        Optional.of(serverName).filter(name -> !name.isEmpty()),
        verified,
        http2);
  }

  @Test
  void anAuthorityOfTheOperatorsIsTrusted() {
    assertEquals("HTTP_1_1 shop.example", asked("localhost", tls("", true, false)));
    assertEquals(Kind.CONNECT.name(), asked("127.0.0.1", tls("", true, false)));
  }

  @Test
  void theCertificateMayCarryAnotherNameThanTheUrl() {
    assertEquals("HTTP_1_1 shop.example", asked("127.0.0.1", tls("localhost", true, false)));
    assertEquals(Kind.CONNECT.name(), asked("localhost", tls("other.example", true, false)));
  }

  @Test
  void whoWantsNoProofGetsNone() {
    assertEquals("HTTP_1_1 shop.example", asked("127.0.0.1", tls("", false, false)));
  }

  @Test
  void http2IsSpokenWhereTheServiceAgrees() {
    assertEquals("HTTP_2 shop.example", asked("localhost", tls("", true, true)));
  }

  @Test
  void anUnknownAuthorityIsRefused() {
    assertEquals(Kind.CONNECT.name(), asked("localhost", false));
  }

  @Test
  void anotherNameThanTheCertificatesIsRefused() {
    assertEquals(Kind.CONNECT.name(), asked("127.0.0.1", true));
  }
}
