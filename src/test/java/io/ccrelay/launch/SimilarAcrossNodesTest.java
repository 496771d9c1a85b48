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

@DisplayName("Two relays that are members of one cluster")
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

  @Test
  void whatOneStoredTheOtherServesToASimilarQuestion() {
    Vertx vertx = Vertx.vertx();
    FakeUpstream upstream = FakeUpstream.start(vertx);
    upstream.always(FakeUpstream.whole(200, message("It is Lima.")));
    try (var nodes = new TestNodes(2)) {
      RelayServer one = start(nodes.start(0), upstream);
      RelayServer two = start(nodes.start(1), upstream);
      var first = new Ask("http://127.0.0.1:" + one.port());
      var second = new Ask("http://127.0.0.1:" + two.port());
      assertEquals(
          "miss",
          Ask.outcome(first.post("/v1/messages", ask("What is the capital of Peru?"), KEY)));
      Waiting.until(() -> questions(two) == 1, "the other knows the question");

      var similar = second.post("/v1/messages", ask("Could you tell me Peru's capital?"), KEY);

      assertEquals("semantic", Ask.outcome(similar));
      assertEquals(message("It is Lima."), similar.body());
      assertEquals(1, upstream.calls());
      one.stop().await();
      two.stop().await();
    } finally {
      vertx.close().await();
    }
  }
}
