package io.ccrelay.launch;

import static io.ccrelay.testing.Chats.ask;
import static io.ccrelay.testing.Chats.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.ccrelay.cache.cluster.TestNodes;
import io.ccrelay.config.ConfigLoader;
import io.ccrelay.config.ConfigResult;
import io.ccrelay.config.RelayConfig;
import io.ccrelay.testing.Ask;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.Relays;
import io.ccrelay.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Three relays that are members of one cluster")
class SimilarAcrossNodesTest {

  private static final String[] KEY = {"x-api-key", "a key"};

  private static RelayServer start(TestNodes.Started node, FakeUpstream upstream) {
    String yaml =
        Relays.before(
            upstream,
            "management: {listen: '127.0.0.1:0'}",
            "cache: {mode: ha, deadline: 5s, olric: {embedded: true, bind_addr: '127.0.0.1:"
                + node.port()
                + "'}, semantic: {enabled: true, deadline: 10s, mode: serve, audit: {share: 0}}}");
    RelayConfig config =
        assertInstanceOf(
                ConfigResult.Loaded.class, ConfigLoader.parse("t.yaml", yaml, name -> null))
            .config();
    var platform = new Platform(node.vertx(), Optional.of(node.node()));
    return RelayServer.start(platform, config, StartOptions.DEFAULTS).await();
  }

  private static int questions(RelayServer server) {
    var management = new Ask("http://127.0.0.1:" + server.managementPort().orElseThrow());
    return new JsonObject(management.get("/admin/cache/stats").body())
        .getJsonObject("semantic")
        .getInteger("questions");
  }

  private static String outcome(RelayServer server, String question) {
    var relay = new Ask("http://127.0.0.1:" + server.port());
    return Ask.outcome(relay.post("/v1/messages", ask(question), KEY));
  }

  @Test
  void whatOneStoredAllServeToSimilarQuestionsUntilItIsPurged() {
    Vertx vertx = Vertx.vertx();
    FakeUpstream upstream = FakeUpstream.start(vertx);
    upstream.always(FakeUpstream.whole(200, message("It is Lima.")));
    try (var nodes = new TestNodes(3)) {
      RelayServer one = start(nodes.start(0), upstream);
      RelayServer two = start(nodes.start(1), upstream);
      assertEquals("miss", outcome(one, "What is the capital of Peru?"));
      Waiting.until(() -> questions(two) == 1, "the other knows the question");
      assertEquals("semantic", outcome(two, "Could you tell me Peru's capital?"));

      RelayServer late = start(nodes.start(2), upstream);
      Waiting.until(() -> questions(late) == 1, "who joins later knows it as well");
      assertEquals("semantic", outcome(late, "Peru's capital is what?"));
      assertEquals(1, upstream.calls());

      var management = new Ask("http://127.0.0.1:" + two.managementPort().orElseThrow());
      var purged =
          management.post(
              "/admin/cache/purge", "{\"all\": true}", "content-type", "application/json");
      assertEquals(200, purged.statusCode(), purged.body());
      Waiting.until(
          () -> questions(one) + questions(two) + questions(late) == 0, "all forget the question");
      assertEquals("miss", outcome(one, "Tell me the capital of Peru."));
      assertEquals(2, upstream.calls());
      one.stop().await();
      two.stop().await();
      late.stop().await();
    } finally {
      vertx.close().await();
    }
  }
}
