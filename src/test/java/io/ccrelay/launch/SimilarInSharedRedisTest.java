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
import io.ccrelay.testing.FakeEmbedder;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.RedisBinary;
import io.ccrelay.testing.RedisProcess;
import io.ccrelay.testing.RelayProcesses;
import io.ccrelay.testing.Relays;
import io.ccrelay.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Two members of a cluster whose questions are in one Redis server")
class SimilarInSharedRedisTest {

  private static final String[] KEY = {"x-api-key", "a key"};
  private static final String[] OTHER_KEY = {"x-api-key", "another key"};

  private final Vertx vertx = Vertx.vertx();
  private final FakeUpstream upstream = FakeUpstream.start(vertx);
  private final FakeUpstream service = FakeUpstream.start(vertx);
  private RedisProcess redis;

  @BeforeEach
  void open() {
    redis = RedisProcess.open(RedisBinary.VECTOR_SETS);
    upstream.always(FakeUpstream.whole(200, message("It is Lima.")));
    service.always(FakeEmbedder.service());
  }

  @AfterEach
  void close() {
    if (redis != null) {
      redis.close();
    }
    vertx.close().await();
  }

  /** The settings of a member whose client port is {@code port}, beside one at {@code peer}. */
  private String settings(int port, int peer) {
    return """
    policies: {external_cache: {endpoints: ['%s'], deadline: 2s}}
    cache: {mode: ha, deadline: 5s,
      olric: {embedded: true, bind_addr: '127.0.0.1:%d', peers: ['127.0.0.1:%d'], replica_count: 2},
      semantic: {enabled: true, mode: serve, index: redis, deadline: 10s, min_similarity: 0.3,
        audit: {share: 0}, embedder: {type: http, base_url: '%s/v1', model: m}}}
    """
        .formatted(redis.endpoint(), port, peer + 2, service.origin());
  }

  private RelayServer start(TestNodes.Started node, TestNodes.Started... other) {
    int peer = other.length == 0 ? node.port() + 10 : other[0].port();
    String yaml =
        Relays.before(upstream, "management: {listen: '127.0.0.1:0'}", settings(node.port(), peer));
    RelayConfig config =
        assertInstanceOf(
                ConfigResult.Loaded.class, ConfigLoader.parse("t.yaml", yaml, name -> null))
            .config();
    var platform = new Platform(node.vertx(), Optional.of(node.node()));
    return RelayServer.start(platform, config, StartOptions.DEFAULTS).await();
  }

  private static Ask at(int port) {
    return new Ask("http://127.0.0.1:" + port);
  }

  private static int questions(Ask management) {
    return new JsonObject(management.get("/admin/cache/stats").body())
        .getJsonObject("semantic")
        .getInteger("questions");
  }

  private static int members(Ask management) {
    return new JsonObject(management.get("/admin/cluster").body())
        .getJsonArray("members", new JsonArray())
        .size();
  }

  private static String outcome(Ask relay, String question, String... key) {
    return Ask.outcome(relay.post("/v1/messages", ask(question), key));
  }

  @Test
  void whatOneStoredTheOtherServesToSimilarQuestionsUntilEitherPurges() {
    try (var nodes = new TestNodes(2)) {
      TestNodes.Started first = nodes.start(0);
      RelayServer servingOne = start(first);
      RelayServer servingTwo = start(nodes.start(1), first);
      Ask one = at(servingOne.port());
      Ask two = at(servingTwo.port());
      Ask management = at(servingTwo.managementPort().orElseThrow());
      Waiting.until(() -> members(management) == 2, "they are one cluster");
      assertEquals("miss", outcome(one, "What is the capital of Peru?", KEY));
      Waiting.until(() -> questions(management) == 1, "the other knows the question");
      assertEquals("semantic", outcome(two, "Could you tell me the capital of Peru?", KEY));
      assertEquals("miss", outcome(two, "Tell me the capital of Peru", OTHER_KEY));
      assertEquals(2, upstream.calls());
      Waiting.until(() -> questions(management) == 2, "that of the other caller, too");
      assertEquals(3, service.calls(), "each question is embedded once, wherever it came to");

      var purged =
          management.post(
              "/admin/cache/purge", "{\"all\": true}", "content-type", "application/json");
      assertEquals(200, purged.statusCode(), purged.body());
      Waiting.until(() -> questions(management) == 0, "the questions go with their answers");
      assertEquals("miss", outcome(one, "Please tell me the capital of Peru", KEY));
      servingOne.stop().await();
      servingTwo.stop().await();
    }
  }

  @Test
  @Tag("slow")
  @Tag("processes")
  void whenOneIsKilledTheOtherGoesOnWithTheQuestionsOfBoth(@TempDir Path directory) {
    try (var relays = new RelayProcesses(directory)) {
      RelayProcesses.Node first = relays.add();
      RelayProcesses.Node second = relays.add();
      String provider =
          "providers: [{name: a, type: anthropic, enabled: true, base_url: '%s'}]%n"
              .formatted(upstream.origin());
      var _ = first.start(provider + settings(first.cluster(), second.cluster()));
      var _ = second.start(provider + settings(second.cluster(), first.cluster()));
      relays.until(() -> first.members() == 2 && second.members() == 2, 60, "two members");
      Ask two = at(second.port());
      Ask management = at(second.management());
      assertEquals("miss", outcome(at(first.port()), "What is the capital of Peru?", KEY));
      assertEquals("miss", outcome(two, "What is the capital of Chile?", KEY));
      Waiting.until(() -> questions(management) == 2, "both questions are known");

      first.kill();
      relays.until(() -> second.members() == 1, 10, "it is alone");
      assertEquals("semantic", outcome(two, "Could you tell me the capital of Peru?", KEY));
      assertEquals("semantic", outcome(two, "Could you tell me the capital of Chile?", KEY));
      assertEquals("miss", outcome(two, "What is the capital of Kenya?", KEY));
      Waiting.until(() -> questions(management) >= 3, "new questions are remembered");
      assertEquals("semantic", outcome(two, "Could you tell me the capital of Kenya?", KEY));
    }
  }
}
