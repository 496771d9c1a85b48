package io.ccrelay.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.Await;
import io.ccrelay.testing.Certificates;
import io.ccrelay.testing.LoopWatch;
import io.ccrelay.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As {@link BlockedLoopsTest}, with TLS on either side of the relay. */
@Tag("slow")
@DisplayName("A40: no event loop waits for TLS")
class EncryptedLoopsTest {

  private static final int CONNECTIONS = 10;

  private final Vertx vertx = VertxFactory.create();
  private final RelayFixture relays = new RelayFixture();
  private final AtomicInteger asked = new AtomicInteger();
  @TempDir private Path directory;

  @AfterEach
  void close() throws Exception {
    relays.close();
    Await.result(vertx.close());
  }

  @Test
  void norForFilesThatAreRenewed() throws Exception {
    Certificates.Pair first = Certificates.make(directory, "first");
    Path certificate = Files.writeString(directory.resolve("cert.pem"), first.certificate());
    Path key = Files.writeString(directory.resolve("key.pem"), first.key());
    Path trust = Files.writeString(directory.resolve("trust.pem"), first.certificate());
    int backend = backend(first).actualPort();
    try (var watch = LoopWatch.start()) {
      RelayServer server =
          relays.start(
              """
              server: {listen: '127.0.0.1:0', enable_http2: true, tls: {certificate: '%s', key: '%s'}}
              apis:
                - {name: one, path: /one, backend: 'https://localhost:%3$d', tls: {trust: '%4$s'}}
                - {name: two, path: /two, backend: 'https://localhost:%3$d',
                   tls: {trust: '%4$s', http2: true}}
                - {name: three, path: /three, backend: 'https://localhost:%3$d'}
              """
                  .formatted(certificate, key, backend, trust));
      clients(server.port());
      Certificates.Pair second = Certificates.make(directory, "second");
      Files.writeString(certificate, second.certificate());
      Files.writeString(key, second.key());
      Files.writeString(trust, first.certificate() + second.certificate());
      Waiting.until(() -> subject(server.port()).contains("second"), () -> subject(server.port()));
      clients(server.port());
      Await.result(server.stop());
      assertTrue(asked.get() >= 8 * CONNECTIONS, "asked: " + asked.get());
      assertEquals(List.of(), watch.waits());
    }
  }

  /** Each over a connection of its own, over either version of HTTP on either side. */
  private static void clients(int port) throws Exception {
    for (int i = 0; i < CONNECTIONS; i++) {
      for (HttpClient.Version version : HttpClient.Version.values()) {
        try (var client = client()) {
          assertEquals(200, ask(client, version, port, "/one/" + i));
          assertEquals(200, ask(client, version, port, "/two/" + i));
          assertEquals(502, ask(client, version, port, "/three/" + i), "of no known authority");
        }
      }
    }
  }

  private static int ask(HttpClient client, HttpClient.Version version, int port, String path)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("https://localhost:" + port + path)).version(version);
    return client.send(request.build(), BodyHandlers.ofString()).statusCode();
  }

  private static String subject(int port) {
    try (var client = client()) {
      var request =
          HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/one")).build();
      return client
          .send(request, BodyHandlers.discarding())
          .sslSession()
          .orElseThrow()
          .getPeerPrincipal()
          .getName();
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  private static HttpClient client() throws Exception {
    return HttpClient.newBuilder().sslContext(Certificates.trustingAll()).build();
  }

  private HttpServer backend(Certificates.Pair pair) {
    return Await.result(
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setUseAlpn(true)
                    .setKeyCertOptions(
                        new PemKeyCertOptions()
                            .addCertValue(Buffer.buffer(pair.certificate()))
                            .addKeyValue(Buffer.buffer(pair.key()))))
            .requestHandler(request -> {
              asked.incrementAndGet();
              request.response().end("answer");
            })
            .listen(SocketAddress.inetSocketAddress(0, "127.0.0.1")));
  }
}
