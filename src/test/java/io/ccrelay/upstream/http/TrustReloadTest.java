package io.ccrelay.upstream.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.testing.Await;
import io.ccrelay.testing.LogCapture;
import io.ccrelay.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Authorities of upstreams are those of the file as it is, as long as it holds any. */
class TrustReloadTest {

  private final SelfSignedCertificate known = SelfSignedCertificate.create("localhost");
  private final SelfSignedCertificate stranger = SelfSignedCertificate.create("localhost");
  private final Vertx vertx = Vertx.vertx();
  @TempDir private Path directory;
  private Path file;
  private HttpServer server;
  private HttpClientAgent client;
  private TrustReload reload;

  @BeforeEach
  void start() throws IOException {
    file = directory.resolve("ca.pem");
    server =
        Await.result(
            vertx
                .createHttpServer(
                    new HttpServerOptions().setSsl(true).setKeyCertOptions(known.keyCertOptions()))
                .requestHandler(request -> request.response().end())
                .listen(0, "127.0.0.1"));
    client =
        vertx
            .httpClientBuilder()
            .with(new HttpClientOptions().setSsl(true).setKeepAlive(false))
            .build();
    put(known);
    reload =
        TrustReload.watch(
            vertx, client, new ClientSSLOptions(), file.toString(), Duration.ofMillis(20));
    Waiting.until(this::isTrusted, "the first authority to count");
  }

  @AfterEach
  void stop() {
    reload.close();
    Await.result(vertx.close());
    known.delete();
    stranger.delete();
  }

  private void put(SelfSignedCertificate certificate) throws IOException {
    Files.copy(Path.of(certificate.certificatePath()), file, StandardCopyOption.REPLACE_EXISTING);
  }

  private boolean isTrusted() {
    return Await.result(
        client
            .request(io.vertx.core.http.HttpMethod.GET, server.actualPort(), "localhost", "/")
            .compose(request -> request.send())
            .map(answer -> answer.statusCode() == 200)
            .otherwise(false));
  }

  @Test
  void anotherAuthorityTakesThePlaceOfTheFirst() throws IOException {
    put(stranger);
    Waiting.until(() -> !isTrusted(), "the first authority to go");
    put(known);
    Waiting.until(this::isTrusted, "the first authority to come back");
  }

  @Test
  void aFileWithoutCertificatesOrNoneAtAllChangesNothing() throws IOException {
    try (var log = LogCapture.start()) {
      Files.writeString(file, "-----BEGIN CERTIFICATE-----\nhalf");
      Waiting.until(
          () -> log.lines().stream().anyMatch(it -> it.contains("previous ones stay")),
          "a complaint");
      assertEquals(true, isTrusted());
      Files.delete(file);
      put(stranger);
      Waiting.until(() -> !isTrusted(), "the next authority to count");
    }
  }
}
