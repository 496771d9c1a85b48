package io.ccrelay.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.config.ConfigLoader;
import io.ccrelay.config.ConfigResult;
import io.ccrelay.config.RelayConfig;
import io.ccrelay.launch.RelayServer;
import io.ccrelay.launch.StartOptions;
import io.ccrelay.launch.VertxFactory;
import io.ccrelay.testing.Ask;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.Chats;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole relay between a client, a provider and a collector of traces. */
class TracingTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "00-" + TRACE + "-b7ad6b7169203331-01";

  private final Vertx vertx = VertxFactory.create();
  private final ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> collected = new ConcurrentLinkedQueue<>();
  private HttpServer provider;
  private HttpServer collector;

  @BeforeEach
  void listen() {
    provider =
        Await.result(
            vertx
                .createHttpServer()
                .requestHandler(request -> {
                  seen.add(String.valueOf(request.getHeader("traceparent")));
                  request
                      .response()
                      .putHeader("content-type", "application/json")
                      .putHeader("cache-control", "max-age=60")
                      .end(Chats.message("yes"));
                })
                .listen(0, "127.0.0.1"));
    collector =
        Await.result(
            vertx
                .createHttpServer()
                .requestHandler(request ->
                    request
                        .body()
                        .onSuccess(body -> {
                          collected.add(new String(body.getBytes(), StandardCharsets.ISO_8859_1));
                          request.response().end();
                        }))
                .listen(0, "127.0.0.1"));
  }

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  @Test
  void aTraceGoesOnThroughTheRelayToTheProvider() {
    RelayServer server = start("http://127.0.0.1:" + collector.actualPort() + "/v1/traces");
    var ask = new Ask("http://127.0.0.1:" + server.port());
    for (int i = 0; i < 2; i++) {
      var answer =
          ask.post(
              "/v1/messages",
              Chats.ask("one"),
              "x-api-key",
              "sk-ant-canary123",
              "traceparent",
              PARENT);
      assertEquals(200, answer.statusCode());
      assertEquals(i == 0 ? "miss" : "hit", Ask.outcome(answer));
    }
    assertEquals(1, seen.size());
    String forwarded = seen.element();
    assertTrue(forwarded.startsWith("00-" + TRACE + "-"), forwarded);
    assertNotEquals(PARENT, forwarded);
    Await.result(server.stop());
    String spans = String.join("\n", collected);
    for (String part :
        List.of("cc-relay", "messages", "cache lookup", "upstream", "cc_relay.cache.outcome")) {
      assertTrue(spans.contains(part), part);
    }
    assertFalse(spans.contains("canary"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cached", "governed"})
  void aTraceGoesOnThroughAnApiToItsBackend(String api) {
    RelayServer server = start("http://127.0.0.1:" + collector.actualPort() + "/v1/traces");
    var ask = new Ask("http://127.0.0.1:" + server.port());
    for (int i = 0; i < 2; i++) {
      assertEquals(200, ask.get("/" + api + "/x", "traceparent", PARENT).statusCode());
    }
    assertEquals(1, seen.size(), "the second is a hit");
    String forwarded = seen.element();
    assertTrue(forwarded.startsWith("00-" + TRACE + "-"), forwarded);
    assertNotEquals(PARENT, forwarded);
    Await.result(server.stop());
    String spans = String.join("\n", collected);
    for (String part : List.of("api", "cache lookup", "upstream", "server.address", "hit")) {
      assertTrue(spans.contains(part), part);
    }
  }

  @Test
  void withoutACollectorNothingIsTouched() {
    var ask = new Ask("http://127.0.0.1:" + start("").port());
    ask.post("/v1/messages", Chats.ask("one"), "traceparent", PARENT);
    assertEquals(PARENT, seen.element());
    assertTrue(collected.isEmpty());
  }

  @Test
  void aCollectorThatIsAwayCostsNoRequest() {
    Await.result(collector.close());
    RelayServer server = start("http://127.0.0.1:" + collector.actualPort() + "/v1/traces");
    var ask = new Ask("http://127.0.0.1:" + server.port());
    assertEquals(200, ask.post("/v1/messages", Chats.ask("one")).statusCode());
    Await.result(server.stop());
  }

  private RelayServer start(String otlp) {
    String yaml =
        """
        server: {listen: "127.0.0.1:0"}
        management: {listen: ""}
        providers: [{name: a, type: anthropic, enabled: true, base_url: "http://127.0.0.1:%1$d"}]
        tracing: {otlp: "%2$s"}
        apis:
          - {name: cached, path: /cached, backend: "http://127.0.0.1:%1$d", http_cache: on}
          - {name: governed, path: /governed, backend: "http://127.0.0.1:%1$d", policy: "%3$s"}
        """
            .formatted(
                provider.actualPort(),
                otlp,
                Path.of("conf/policies/response-cache.xml").toAbsolutePath());
    RelayConfig config =
        switch (ConfigLoader.parse("test.yaml", yaml, name -> null)) {
          case ConfigResult.Loaded(RelayConfig loaded, var warnings) -> loaded;
          case ConfigResult.Invalid(var problems) -> throw new AssertionError(List.of(problems));
        };
    return Await.result(RelayServer.start(vertx, config, StartOptions.DEFAULTS));
  }
}
