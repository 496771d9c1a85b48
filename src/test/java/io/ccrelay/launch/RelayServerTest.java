package io.ccrelay.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.admin.Readiness;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.RawHttp;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole relay on real sockets: what it answers once it is started. */
class RelayServerTest {

  private static final String HOST = RelayFixture.HOST;

  @TempDir Path directory;
  private final RelayFixture relays = new RelayFixture();

  @AfterEach
  void close() throws IOException {
    relays.close();
  }

  @Test
  void bothListenersAnswerOnceStarted() throws Exception {
    RelayServer server = relays.start("");
    assertEquals(Readiness.READY, server.readiness());
    assertEquals(200, RawHttp.ask(server.port(), "GET", "/health", HOST).status());
    assertEquals(200, RelayFixture.ready(server).status());
    var metrics = RawHttp.ask(RelayFixture.management(server), "GET", "/metrics", HOST);
    assertTrue(metrics.body().contains("cc_relay_build_info"), metrics.text());
    assertTrue(metrics.body().contains("cc_relay_upstream_connections 0.0"), metrics.text());
  }

  @Test
  void anAnswerIsMeteredShownAndListed() throws Exception {
    relays.upstreamMayAnswer();
    RelayServer server = relays.start("");
    assertEquals(200, RelayFixture.post(server.port(), "metered").status());
    String metrics = RawHttp.ask(RelayFixture.management(server), "GET", "/metrics", HOST).body();
    assertTrue(
        metrics
            .lines()
            .anyMatch(line ->
                line.startsWith("cc_relay_upstream_requests_total{provider=\"http://127.0.0.1:")
                    && line.endsWith("result=\"ok\"} 1.0")),
        metrics);
    var listed =
        new JsonObject(
                RawHttp.ask(RelayFixture.management(server), "GET", "/admin/requests", HOST).body())
            .getJsonArray("requests");
    assertEquals(1, listed.size());
    assertEquals("m", listed.getJsonObject(0).getString("model"));
    assertEquals("miss", listed.getJsonObject(0).getString("outcome"));
    assertEquals(64, listed.getJsonObject(0).getString("key").length());
  }

  @Test
  void aMissIsExplainedByTheNearestRequest() throws Exception {
    relays.upstreamMayAnswer();
    RelayServer server = relays.start("");
    assertEquals(200, RelayFixture.post(server.port(), "first").status());
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
    RelayServer server = relays.start("");
    var line =
        new JsonObject()
            .put("path", "/v1/messages")
            .put("body", new JsonObject(RelayFixture.ASK.formatted("given")))
            .put("answer", new JsonObject().put("body", new JsonObject(RelayFixture.ANSWER)));
    var refused = line.copy();
    refused
        .getJsonObject("answer")
        .put("body", new JsonObject(RelayFixture.ANSWER).put("stop_reason", "max_tokens"));
    String body = line.encode() + "\n" + refused.encode();
    var filled =
        RawHttp.send(
            RelayFixture.management(server),
            ("POST /admin/cache/preload HTTP/1.1\r\n%s\r\nContent-Type: application/x-ndjson\r\n"
                    + "Content-Length: %d\r\nConnection: close\r\n\r\n%s")
                .formatted(HOST, body.length(), body));
    assertEquals(1, new JsonObject(filled.body()).getInteger("stored"), filled.text());
    assertEquals(
        new JsonObject().put("truncated", 1),
        new JsonObject(filled.body()).getJsonObject("refused"));
    var hit = RelayFixture.post(server.port(), "given");
    assertTrue(hit.head().toLowerCase(Locale.ROOT).contains("x-cc-relay-cache: hit"));
    assertFalse(relays.upstreamWasAsked(), "nobody asked upstream");
  }

  private static JsonObject explain(RelayServer server, String question) {
    var request =
        new JsonObject()
            .put("path", "/v1/messages")
            .put("headers", new JsonObject().put("content-type", "application/json"))
            .put("body", new JsonObject(RelayFixture.ASK.formatted(question)));
    String body = request.encode();
    var answer =
        RawHttp.send(
            RelayFixture.management(server),
            "POST /admin/cache/explain HTTP/1.1\r\n%s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                .formatted(HOST, body.length(), body));
    assertEquals(200, answer.status(), answer.text());
    return new JsonObject(answer.body());
  }

  @Test
  void aPortInUseIsNamedAndNothingStaysOpen() throws Exception {
    try (var taken = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      int management = RelayFixture.freePort();
      String yaml =
          "server: {listen: '127.0.0.1:%d'}\nmanagement: {listen: '127.0.0.1:%d'}"
              .formatted(taken.getLocalPort(), management);
      var failure =
          assertThrows(
              IOException.class,
              () ->
                  Await.result(
                      RelayServer.start(
                          relays.vertx(), relays.config(yaml), StartOptions.DEFAULTS)));
      assertTrue(
          failure
              .getMessage()
              .contains("server.listen: cannot listen on 127.0.0.1:" + taken.getLocalPort()),
          failure.getMessage());
      assertThrows(
          UncheckedIOException.class, () -> RawHttp.ask(management, "GET", "/health", HOST));
    }
  }
}
