package io.ccrelay.proxy.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ccrelay.testing.Ask;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.Relays;
import io.ccrelay.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SelfSignedCertificate;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backends behind TLS, over HTTP/2 and HTTP/1.1. */
class BackendTlsTest {

  private static SelfSignedCertificate certificate;

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger calls = new AtomicInteger();
  private HttpServer server;
  private Relays relay;

  @BeforeEach
  void start() {
    server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setUseAlpn(true)
                    .setKeyCertOptions(certificate.keyCertOptions()))
            .requestHandler(this::serve);
    Await.result(server.listen(SocketAddress.inetSocketAddress(0, "127.0.0.1")));
  }

  @AfterEach
  void stop() {
    relay.close();
    Await.result(vertx.close());
  }

  @BeforeAll
  static void certify() {
    certificate = SelfSignedCertificate.create("localhost");
  }

  @AfterAll
  static void forget() {
    certificate.delete();
  }

  private void serve(HttpServerRequest request) {
    calls.incrementAndGet();
    var response = request.response();
    response
        .putHeader("cache-control", "max-age=60")
        .putHeader("x-version", "" + request.version());
    if (request.path().equals("/broken")) {
      response.setChunked(true).write("half").onComplete(_ -> response.reset());
    } else {
      request.body().onSuccess(body -> response.end(Buffer.buffer("got ").appendBuffer(body)));
    }
  }

  private Ask ask(String tls) {
    relay =
        Relays.start(
            """
            server: {listen: "127.0.0.1:0"}
            apis:
              - {name: web, backend: "https://localhost:%d", http_cache: on, tls: {%s}}
            """
                .formatted(server.actualPort(), tls));
    return new Ask(relay.origin());
  }

  private String trusted(boolean http2) {
    return "trust: '%s', http2: %s".formatted(certificate.certificatePath(), http2);
  }

  @Test
  void overHttp2AnswersAreStoredAndContentPasses() {
    var ask = ask(trusted(true));
    var first = ask.get("/a");
    assertEquals("HTTP_2", first.headers().firstValue("x-version").orElse(""));
    Waiting.until(() -> relay.flights.size() == 0, "the end of the flight");
    assertEquals("got ", ask.get("/a").body());
    assertEquals(1, calls.get());
    assertEquals("got some", ask.post("/a", "some").body());
    assertEquals("got ", ask.get("/a").body());
    assertEquals(3, calls.get());
  }

  @Test
  void overHttp2AnAnswerThatBreaksOffIsNotStoredAndHarmsNoOther() {
    var ask = ask(trusted(true));
    assertThrows(AssertionError.class, () -> ask.get("/broken"));
    assertThrows(AssertionError.class, () -> ask.get("/broken"));
    assertEquals(2, calls.get());
    assertEquals("got ", ask.get("/a").body());
  }

  @Test
  void overHttp11() {
    var answer = ask(trusted(false)).get("/a");
    assertEquals("HTTP_1_1", answer.headers().firstValue("x-version").orElse(""));
  }

  @Test
  void aBackendThatNobodyVouchesForIsNotAsked() {
    assertEquals(502, ask("").get("/a").statusCode());
    assertEquals(0, calls.get());
    relay.close();
    assertEquals(200, ask("insecure: true").get("/a").statusCode());
  }

  @Test
  void authoritiesAreReadAgainWhenTheirFileChanges(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("ca.pem");
    Path own = Path.of(certificate.certificatePath());
    var stranger = SelfSignedCertificate.create("localhost");
    Files.copy(Path.of(stranger.certificatePath()), file);
    stranger.delete();
    var ask = ask("trust: '%s'".formatted(file));
    assertEquals(502, ask.get("/a").statusCode());
    Files.copy(own, file, StandardCopyOption.REPLACE_EXISTING);
    Waiting.until(() -> ask.get("/a").statusCode() == 200, "the new authority to count");
  }
}
