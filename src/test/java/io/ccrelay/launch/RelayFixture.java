package io.ccrelay.launch;

import io.ccrelay.config.ConfigLoader;
import io.ccrelay.config.ConfigResult;
import io.ccrelay.config.RelayConfig;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.RawHttp;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Relays of one provider that answers when it may, started on free ports, with all that a test asks
 * of them. Confined to the test's thread.
 */
final class RelayFixture implements AutoCloseable {

  static final String HOST = "Host: localhost";
  static final String ASK =
      "{\"model\":\"m\",\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}";

  static final String ANSWER =
      "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":"
          + "[{\"type\":\"text\",\"text\":\"yes\"}],\"stop_reason\":\"end_turn\","
          + "\"usage\":{\"input_tokens\":3,\"output_tokens\":1}}";

  private final Vertx vertx = VertxFactory.create();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch mayAnswer = new CountDownLatch(1);
  private String upstreamUrl = "";

  Vertx vertx() {
    return vertx;
  }

  /** Waits until the provider is asked. */
  boolean upstreamIsAsked() throws InterruptedException {
    return asked.await(10, TimeUnit.SECONDS);
  }

  boolean upstreamWasAsked() {
    return asked.getCount() == 0;
  }

  void upstreamMayAnswer() {
    mayAnswer.countDown();
  }

  @Override
  public void close() throws IOException {
    mayAnswer.countDown();
    Await.result(vertx.close());
    LogSetup.apply(new LoggingOptions("warn", "console", "stderr", false));
  }

  RelayServer start(String yaml) throws Exception {
    return Await.result(RelayServer.start(vertx, config(yaml), StartOptions.DEFAULTS));
  }

  RelayConfig config(String yaml) throws Exception {
    return switch (ConfigLoader.parse("test.yaml", yaml(yaml), name -> null)) {
      case ConfigResult.Loaded loaded -> loaded.config();
      case ConfigResult.Invalid invalid ->
          throw new IllegalArgumentException(invalid.problems().toString());
    };
  }

  String yaml(String given) throws Exception {
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
    return Await.result(
        vertx
            .createHttpServer()
            .requestHandler(request -> {
              asked.countDown();
              vertx
                  .executeBlocking(() -> mayAnswer.await(20, TimeUnit.SECONDS), false)
                  .onSuccess(_ ->
                      request.response().putHeader("Content-Type", "application/json").end(ANSWER));
            })
            .listen(SocketAddress.inetSocketAddress(0, "127.0.0.1")));
  }

  static RawHttp.Answer post(int port, String question) {
    String body = ASK.formatted(question);
    return RawHttp.postOnce(port, "/v1/messages", body);
  }

  static RawHttp.Answer ready(RelayServer server) {
    return RawHttp.ask(management(server), "GET", "/health/ready", HOST);
  }

  static boolean metric(RelayServer server, String line) {
    return RawHttp.ask(management(server), "GET", "/metrics", HOST).body().contains(line);
  }

  static int management(RelayServer server) {
    return server.managementPort().orElseThrow();
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
