package io.ccrelay.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.admin.Readiness;
import io.ccrelay.config.ConfigLoader;
import io.ccrelay.config.ConfigResult;
import io.ccrelay.config.ConfigWatch;
import io.ccrelay.config.RelayConfig;
import io.ccrelay.testing.Certificates;
import io.ccrelay.testing.RawHttp;
import io.ccrelay.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A whole relay on real sockets: start, reload, drain. */
class RelayServerTest {

  private static final String HOST = "Host: localhost";
  private static final String ASK =
      "{\"model\":\"m\",\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}";

  private static final String ANSWER =
      "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":"
          + "[{\"type\":\"text\",\"text\":\"yes\"}],\"stop_reason\":\"end_turn\","
          + "\"usage\":{\"input_tokens\":3,\"output_tokens\":1}}";

  private final Vertx vertx = VertxFactory.create();
  private final CountDownLatch upstreamAsked = new CountDownLatch(1);
  private final CountDownLatch upstreamMayAnswer = new CountDownLatch(1);

  @TempDir Path directory;

  @AfterEach
  void close() throws Exception {
    upstreamMayAnswer.countDown();
    get(vertx.close());
    LogSetup.apply(new LoggingOptions("warn", "console", "stderr", false));
  }

  @Test
  void bothListenersAnswerOnceStarted() throws Exception {
    RelayServer server = start("");
    assertEquals(Readiness.READY, server.readiness());
    assertEquals(200, RawHttp.ask(server.port(), "GET", "/health", HOST).status());
    assertEquals(200, ready(server).status());
    var metrics = RawHttp.ask(management(server), "GET", "/metrics", HOST);
    assertTrue(metrics.body().contains("cc_relay_build_info"), metrics.text());
    assertTrue(metrics.body().contains("cc_relay_upstream_connections 0.0"), metrics.text());
  }

  @Test
  void anAnswerIsMeteredShownAndListed() throws Exception {
    upstreamMayAnswer.countDown();
    RelayServer server = start("");
    assertEquals(200, post(server.port(), "metered").status());
    String metrics = RawHttp.ask(management(server), "GET", "/metrics", HOST).body();
    assertTrue(
        metrics
            .lines()
            .anyMatch(line ->
                line.startsWith("cc_relay_upstream_requests_total{provider=\"http://127.0.0.1:")
                    && line.endsWith("result=\"ok\"} 1.0")),
        metrics);
    var listed =
        new JsonObject(RawHttp.ask(management(server), "GET", "/admin/requests", HOST).body())
            .getJsonArray("requests");
    assertEquals(1, listed.size());
    assertEquals("m", listed.getJsonObject(0).getString("model"));
    assertEquals("miss", listed.getJsonObject(0).getString("outcome"));
    assertEquals(64, listed.getJsonObject(0).getString("key").length());
  }

  @Test
  void aMissIsExplainedByTheNearestRequest() throws Exception {
    upstreamMayAnswer.countDown();
    RelayServer server = start("");
    assertEquals(200, post(server.port(), "first").status());
    JsonObject same = explain(server, "first");
    assertEquals("hit", same.getString("outcome"), same::encode);
    JsonObject other = explain(server, "second");
    assertEquals("miss", other.getString("outcome"));
    assertEquals(
        List.of("messages[0]"), other.getJsonObject("nearest").getJsonArray("differs").getList());
    assertEquals(same.getString("key"), other.getJsonObject("nearest").getString("key"));
  }

  @Test
  void aPreloadedAnswerIsAHit() throws Exception {
    RelayServer server = start("");
    var line =
        new JsonObject()
            .put("path", "/v1/messages")
            .put("body", new JsonObject(ASK.formatted("given")))
            .put("answer", new JsonObject().put("body", new JsonObject(ANSWER)));
    var refused = line.copy();
    refused
        .getJsonObject("answer")
        .put("body", new JsonObject(ANSWER).put("stop_reason", "max_tokens"));
    String body = line.encode() + "\n" + refused.encode();
    var filled =
        RawHttp.send(
            management(server),
            ("POST /admin/cache/preload HTTP/1.1\r\n%s\r\nContent-Type: application/x-ndjson\r\n"
                    + "Content-Length: %d\r\nConnection: close\r\n\r\n%s")
                .formatted(HOST, body.length(), body));
    assertEquals(1, new JsonObject(filled.body()).getInteger("stored"), filled.text());
    assertEquals(
        new JsonObject().put("truncated", 1),
        new JsonObject(filled.body()).getJsonObject("refused"));
    var hit = post(server.port(), "given");
    assertTrue(hit.head().toLowerCase(java.util.Locale.ROOT).contains("x-cc-relay-cache: hit"));
    assertEquals(1, upstreamAsked.getCount(), "nobody asked upstream");
  }

  private static JsonObject explain(RelayServer server, String question) {
    var request =
        new JsonObject()
            .put("path", "/v1/messages")
            .put("headers", new JsonObject().put("content-type", "application/json"))
            .put("body", new JsonObject(ASK.formatted(question)));
    String body = request.encode();
    var answer =
        RawHttp.send(
            management(server),
            "POST /admin/cache/explain HTTP/1.1\r\n%s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                .formatted(HOST, body.length(), body));
    assertEquals(200, answer.status(), answer.text());
    return new JsonObject(answer.body());
  }

  @Test
  void aPortInUseIsNamedAndNothingStaysOpen() throws Exception {
    try (var taken = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      int management = freePort();
      String yaml =
          "server: {listen: '127.0.0.1:%d'}\nmanagement: {listen: '127.0.0.1:%d'}"
              .formatted(taken.getLocalPort(), management);
      var failure =
          assertThrows(
              ExecutionException.class,
              () -> get(RelayServer.start(vertx, config(yaml), StartOptions.DEFAULTS)));
      assertTrue(
          failure
              .getMessage()
              .contains("server.listen: cannot listen on 127.0.0.1:" + taken.getLocalPort()),
          failure.getMessage());
      assertThrows(
          java.io.UncheckedIOException.class,
          () -> RawHttp.ask(management, "GET", "/health", HOST));
    }
  }

  @Test
  void runningAnswersFinishWhileReadinessSaysNo() throws Exception {
    RelayServer server = start("");
    int relay = server.port();
    var answer = CompletableFuture.supplyAsync(() -> post(relay, "drain"));
    assertTrue(upstreamAsked.await(10, TimeUnit.SECONDS));
    Future<Void> stopped = server.stop();
    assertEquals(503, ready(server).status());
    assertSame(stopped, server.stop());
    assertFalse(stopped.isComplete());
    upstreamMayAnswer.countDown();
    assertEquals(200, answer.get(10, TimeUnit.SECONDS).status());
    get(stopped);
    assertThrows(
        java.io.UncheckedIOException.class, () -> RawHttp.ask(relay, "GET", "/health", HOST));
  }

  @Test
  void duringTheAnnouncementRequestsAreStillTaken() throws Exception {
    upstreamMayAnswer.countDown();
    var options = new StartOptions(1, Duration.ofSeconds(2), InstantSource.system());
    RelayServer server = get(RelayServer.start(vertx, config(""), options));
    Future<Void> stopped = server.stop();
    assertEquals(503, ready(server).status());
    assertEquals(200, post(server.port(), "late").status());
    get(stopped);
  }

  @Test
  void anAnswerThatOutlastsTheDrainDoesNotKeepTheProcess() throws Exception {
    RelayServer server = start("server: {listen: '127.0.0.1:0', drain: 300ms}");
    int relay = server.port();
    var cut = CompletableFuture.supplyAsync(() -> post(relay, "endless"));
    assertTrue(upstreamAsked.await(10, TimeUnit.SECONDS));
    get(server.stop());
    assertTrue(cut.handle((_, _) -> true).get(10, TimeUnit.SECONDS));
  }

  @Test
  void aReloadIsUsedByTheNextRequestAndABrokenFileIsNot() throws Exception {
    upstreamMayAnswer.countDown();
    RelayServer server = start("");
    assertEquals(200, post(server.port(), "before").status());
    Path file = directory.resolve("config.yaml");
    Files.writeString(file, yaml(""));
    var watch =
        new ConfigWatch(
            vertx,
            file,
            name -> null,
            Duration.ofMillis(20),
            ConfigLoader.load(file, name -> null),
            new Reloading(vertx, server, config -> config));
    watch.start();
    String strict = yaml("server: {listen: '127.0.0.1:0', auth: {api_key: the-relay-key}}");
    Files.writeString(file, strict + "\nlogging: {level: debug}\n");
    await(() -> post(server.port(), "after").status() == 401);
    await(() -> LoggerFactory.getLogger("io.ccrelay.sample").isDebugEnabled());
    Files.writeString(file, "server: {listen: nowhere}\n");
    await(() -> metric(server, "cc_relay_config_reloads_total{result=\"failed\"} 1.0"));
    assertEquals(401, post(server.port(), "still").status());
    assertTrue(metric(server, "cc_relay_config_reloads_total{result=\"ok\"} 1.0"));
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
    int port = freePort();
    get(
        RelayServer.start(
            vertx,
            config(
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

  private RelayServer start(String yaml) throws Exception {
    return get(RelayServer.start(vertx, config(yaml), StartOptions.DEFAULTS));
  }

  private RelayConfig config(String yaml) throws Exception {
    return switch (ConfigLoader.parse("test.yaml", yaml(yaml), name -> null)) {
      case ConfigResult.Loaded loaded -> loaded.config();
      case ConfigResult.Invalid invalid ->
          throw new IllegalArgumentException(invalid.problems().toString());
    };
  }

  private String upstreamUrl = "";

  private String yaml(String given) throws Exception {
    if (upstreamUrl.isEmpty()) {
      upstreamUrl = "http://127.0.0.1:" + upstream().actualPort();
    }
    var all = new StringBuilder(given).append('\n');
    if (!given.contains("server:")) {
      all.append("server: {listen: '127.0.0.1:0'}\n");
    }
    if (!given.contains("management:")) {
      all.append("management: {listen: '127.0.0.1:0'}\n");
    }
    return all.append("providers:\n  - {name: a, type: anthropic, enabled: true, base_url: '")
        .append(upstreamUrl)
        .append("'}\n")
        .toString();
  }

  /** Says that it was asked, and answers when it may. */
  private HttpServer upstream() throws Exception {
    return get(
        vertx
            .createHttpServer()
            .requestHandler(request -> {
              upstreamAsked.countDown();
              vertx
                  .executeBlocking(() -> upstreamMayAnswer.await(20, TimeUnit.SECONDS), false)
                  .onSuccess(_ ->
                      request.response().putHeader("Content-Type", "application/json").end(ANSWER));
            })
            .listen(SocketAddress.inetSocketAddress(0, "127.0.0.1")));
  }

  private static RawHttp.Answer post(int port, String question) {
    String body = ASK.formatted(question);
    return RawHttp.send(
        port,
        "POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + "Content-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  private static RawHttp.Answer ready(RelayServer server) {
    return RawHttp.ask(management(server), "GET", "/health/ready", HOST);
  }

  private static boolean metric(RelayServer server, String line) {
    return RawHttp.ask(management(server), "GET", "/metrics", HOST).body().contains(line);
  }

  private static int management(RelayServer server) {
    return server.managementPort().orElseThrow();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void await(java.util.function.BooleanSupplier condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "not within 10 s");
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
