package io.ccrelay.launch;

import static io.ccrelay.testing.Chats.ask;
import static io.ccrelay.testing.Chats.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.config.ConfigLoader;
import io.ccrelay.config.ConfigResult;
import io.ccrelay.config.RelayConfig;
import io.ccrelay.testing.Ask;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.Relays;
import io.ccrelay.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A whole relay with the embedding model in its process")
class SimilarAnswersTest {

  private static final String[] KEY = {"x-api-key", "a key"};

  private final Vertx vertx = VertxFactory.create();
  private final FakeUpstream upstream = FakeUpstream.start(vertx);

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private RelayServer start(String semantic) {
    String yaml =
        Relays.before(
            upstream,
            "management: {listen: '127.0.0.1:0'}",
            "cache: {semantic: {enabled: true, deadline: 10s, " + semantic + "}}");
    RelayConfig config =
        assertInstanceOf(
                ConfigResult.Loaded.class, ConfigLoader.parse("t.yaml", yaml, name -> null))
            .config();
    return RelayServer.start(vertx, config, StartOptions.DEFAULTS).await();
  }

  @Test
  void itServesExplainsAndReports() {
    RelayServer server = start("mode: serve, audit: {share: 0}");
    var relay = new Ask("http://127.0.0.1:" + server.port());
    var management = new Ask("http://127.0.0.1:" + server.managementPort().orElseThrow());
    upstream.always(FakeUpstream.whole(200, message("It is Lima.")));
    assertEquals(
        "miss", Ask.outcome(relay.post("/v1/messages", ask("What is the capital of Peru?"), KEY)));
    Waiting.until(
        () -> stats(management).getInteger("questions") == 1, () -> "" + stats(management));

    var similar = relay.post("/v1/messages", ask("Could you tell me Peru's capital?"), KEY);
    assertEquals("semantic", Ask.outcome(similar));
    assertEquals(message("It is Lima."), similar.body());

    JsonObject other = explain(management, "What is the capital of Mali?").getJsonObject("similar");
    assertTrue(other.getJsonArray("against").contains("slot"), other::encode);
    JsonObject told = explain(management, "Tell me the capital of Peru");
    assertEquals("semantic", told.getString("outcome"), told::encode);
    JsonObject same = told.getJsonObject("similar");
    assertEquals(new JsonArray(), same.getJsonArray("against"));
    assertTrue(same.getDouble("similarity") > 0.7, same::encode);

    JsonObject stats = stats(management);
    assertEquals(1, stats.getInteger("served"));
    assertEquals(1.0, stats.getDouble("wrongBound"));
    String metrics = management.get("/metrics").body();
    assertTrue(metrics.contains("cc_relay_semantic_served_total 1.0"), metrics);
    server.stop().await();
  }

  @Test
  void explanationsTellWhatKeepsAnAnswerThatFitsFromBeingServed() {
    RelayServer server = start("mode: shadow, max_temperature: 0.5");
    var relay = new Ask("http://127.0.0.1:" + server.port());
    var management = new Ask("http://127.0.0.1:" + server.managementPort().orElseThrow());
    upstream.always(FakeUpstream.whole(200, message("It is Lima.")));
    var cold = new JsonObject(ask("What is the capital of Peru?")).put("temperature", 0);
    relay.post("/v1/messages", cold.encode(), KEY);
    Waiting.until(
        () -> stats(management).getInteger("questions") == 1, () -> "" + stats(management));

    JsonObject similar = new JsonObject(ask("Tell me the capital of Peru")).put("temperature", 0);
    JsonObject told = explain(management, similar);
    assertEquals("miss", told.getString("outcome"), told::encode);
    assertEquals(
        new JsonArray().add("shadow"), told.getJsonObject("similar").getJsonArray("against"));
    JsonObject hot = explain(management, similar.put("temperature", 0.6));
    assertEquals("miss", hot.getString("outcome"), hot::encode);
    server.stop().await();
  }

  @Test
  void anEmbedderThatCannotBeReachedDoesNotStopIt() {
    RelayServer server =
        start("embedder: {type: http, base_url: 'http://127.0.0.1:1/v1', model: m}");
    var relay = new Ask("http://127.0.0.1:" + server.port());
    upstream.always(FakeUpstream.whole(200, message("yes")));
    assertEquals("miss", Ask.outcome(relay.post("/v1/messages", ask("hello"), KEY)));
    assertEquals("hit", Ask.outcome(relay.post("/v1/messages", ask("hello"), KEY)));
    server.stop().await();
  }

  private static JsonObject stats(Ask management) {
    return new JsonObject(management.get("/admin/cache/stats").body()).getJsonObject("semantic");
  }

  private static JsonObject explain(Ask management, String question) {
    return explain(management, new JsonObject(ask(question)));
  }

  private static JsonObject explain(Ask management, JsonObject body) {
    var request =
        new JsonObject()
            .put("path", "/v1/messages")
            .put("headers", new JsonObject().put(KEY[0], KEY[1]))
            .put("body", body);
    return new JsonObject(management.post("/admin/cache/explain", request.encode()).body());
  }
}
