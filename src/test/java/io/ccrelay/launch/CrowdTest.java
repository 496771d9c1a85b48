package io.ccrelay.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.config.ConfigLoader;
import io.ccrelay.config.ConfigResult;
import io.ccrelay.config.RelayConfig;
import io.ccrelay.testing.Ask;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.Chats;
import io.ccrelay.testing.RawClient;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Names without end, and a tenant that would have all of the cache. That the weights of entries are
 * what they take of the heap is a test of the store.
 */
@Tag("slow")
@DisplayName("A30: a crowd takes neither the metrics nor the cache")
class CrowdTest {

  private static final int NAMES = 10_000;
  private static final int MOST_SERIES = 300;
  private static final int CAPACITY = 2 << 20;
  private static final int ANSWER = 4000;
  private static final int PROMPTS = 50;

  private final Vertx vertx = VertxFactory.create();
  private HttpServer provider;
  private RelayServer server;

  @BeforeEach
  void start() {
    String answer = Chats.message("x".repeat(ANSWER));
    provider =
        Await.result(
            vertx
                .createHttpServer()
                .requestHandler(request ->
                    request.response().putHeader("content-type", "application/json").end(answer))
                .listen(0, "127.0.0.1"));
    server = Await.result(RelayServer.start(vertx, config(), StartOptions.DEFAULTS));
  }

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  @Test
  void tenThousandPathsModelsAndTenantsMakeAFewSeries() throws IOException {
    try (var client = new RawClient(server.port())) {
      for (int i = 0; i < NAMES; i++) {
        String body =
            Chats.ask("hi").replaceFirst("\"model\":\"[^\"]*\"", "\"model\":\"m" + i + "\"");
        assertTrue(body.contains("\"m" + i + "\""), body);
        outcome(client, RawClient.post("/v1/messages", body, "x-api-key: tenant-" + i));
        outcome(
            client,
            "GET "
                + (i % 2 == 0 ? "/web/p" : "/v1/p")
                + i
                + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
      }
    }
    List<String> series =
        new Ask("http://127.0.0.1:" + server.managementPort().orElseThrow())
            .get("/metrics")
            .body()
            .lines()
            .filter(line -> !line.startsWith("#"))
            .toList();
    assertTrue(series.size() < MOST_SERIES, series.size() + ": " + String.join("\n", series));
    assertTrue(
        series.stream().anyMatch(line -> line.startsWith("cc_relay_requests_total")), "in use");
  }

  @Test
  void aTenantThatFillsTenTimesTheCacheLeavesOthersTheirHits() throws IOException {
    try (var regular = new RawClient(server.port());
        var flood = new RawClient(server.port())) {
      double before = 0;
      for (int round = 0; round < 4; round++) {
        before = hitRatio(regular, PROMPTS);
      }
      assertEquals(1.0, before, 0.05);
      int asked = 0;
      int hits = 0;
      for (int i = 0; i < 10 * CAPACITY / ANSWER; i++) {
        outcome(flood, post("flooding", "distinct " + i));
        if (i % 10 == 0) {
          hits += isHit(regular, asked++ % PROMPTS) ? 1 : 0;
        }
      }
      double during = (double) hits / asked;
      double after = hitRatio(regular, PROMPTS);
      assertTrue(during >= before - 0.2, "during: " + during);
      assertTrue(after >= before - 0.2, "after: " + after);
    }
  }

  private static double hitRatio(RawClient client, int prompts) throws IOException {
    int hits = 0;
    for (int i = 0; i < prompts; i++) {
      hits += isHit(client, i) ? 1 : 0;
    }
    return (double) hits / prompts;
  }

  private static boolean isHit(RawClient client, int prompt) throws IOException {
    return outcome(client, post("regular", "prompt " + prompt)).equals("hit");
  }

  private static String post(String tenant, String prompt) {
    return RawClient.post("/v1/messages", Chats.ask(prompt), "x-api-key: " + tenant);
  }

  private static String outcome(RawClient client, String request) throws IOException {
    var answer = client.send(request).answer().orElseThrow();
    assertEquals(200, answer.status(), answer.body());
    return String.valueOf(answer.fields().get("x-cc-relay-cache"));
  }

  private RelayConfig config() {
    String yaml =
        """
        server: {listen: "127.0.0.1:0"}
        management: {listen: "127.0.0.1:0"}
        cache: {ristretto: {max_cost: %2$d}}
        providers: [{name: a, type: anthropic, enabled: true, base_url: "http://127.0.0.1:%1$d"}]
        apis: [{name: web, path: /web, backend: "http://127.0.0.1:%1$d", http_cache: on}]
        """
            .formatted(provider.actualPort(), CAPACITY);
    return switch (ConfigLoader.parse("test.yaml", yaml, name -> null)) {
      case ConfigResult.Loaded(RelayConfig config, var warnings) -> config;
      case ConfigResult.Invalid(var problems) -> throw new AssertionError(problems.toString());
    };
  }
}
