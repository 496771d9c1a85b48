package io.ccrelay.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.cluster.ClusterNode;
import io.ccrelay.config.ConfigLoader;
import io.ccrelay.config.ConfigResult;
import io.ccrelay.config.RelayConfig;
import io.ccrelay.testing.Ask;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.Chats;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two relays of this process that share one cache. */
class TwoRelaysTest {

  private final Vertx vertx = Vertx.vertx();
  private final List<Platform> platforms = new ArrayList<>();
  private final List<RelayServer> relays = new ArrayList<>();
  private FakeUpstream upstream;

  @BeforeEach
  void start() throws Exception {
    upstream = FakeUpstream.start(vertx).always(FakeUpstream.whole(200, Chats.message("hello")));
    int first = freePorts();
    for (int i = 0; i < 2; i++) {
      RelayConfig config = config(first + i * 10, first + (1 - i) * 10 + 2);
      Platform platform = Platform.open(config.cache(), InstantSource.system());
      platforms.add(platform);
      relays.add(
          Await.result(
              RelayServer.start(
                  platform, config, new StartOptions(1, Duration.ZERO, InstantSource.system()))));
    }
    for (Platform platform : platforms) {
      ClusterNode node = platform.node().orElseThrow();
      Waiting.until(() -> node.members().size() == 2, "both are there");
    }
  }

  @AfterEach
  void stop() throws InterruptedException {
    for (RelayServer relay : relays) {
      Await.result(relay.stop());
    }
    for (Platform platform : platforms) {
      platform.close();
    }
    Await.result(vertx.close());
  }

  @Test
  void whatOneStoredBothServeUntilTheOtherIsToldToPurgeIt() {
    for (int i = 0; i < 8; i++) {
      assertEquals("miss", ask(0, i));
    }
    for (int i = 0; i < 8; i++) {
      int question = i;
      Waiting.until(() -> ask(1, question).equals("hit"), "question " + i + " is a hit");
    }

    JsonObject purged = purge(1, "{\"all\": true}");

    var members = purged.getJsonObject("members");
    assertEquals(2, members.getJsonArray("acknowledged").size(), purged::encode);
    assertEquals(new JsonArray(), members.getJsonArray("missing"));
    assertTrue(purged.getBoolean("durable"), purged::encode);
    assertEquals(8, purged.getInteger("matched"), purged::encode);
    for (int i = 0; i < 8; i++) {
      assertEquals("miss", ask(0, i));
    }
  }

  @Test
  void countersAreThoseOfAllMembers() {
    assertEquals("miss", ask(0, 1));
    String stats = managed(1).get("/admin/cache/stats?cluster=true").body();
    assertTrue(stats.contains(platforms.getFirst().node().orElseThrow().self()), stats);
  }

  private JsonObject purge(int relay, String selector) {
    return new JsonObject(managed(relay).post("/admin/cache/purge", selector).body());
  }

  private Ask managed(int relay) {
    return new Ask("http://127.0.0.1:" + relays.get(relay).managementPort().orElseThrow());
  }

  private String ask(int relay, int question) {
    String body =
        "{\"model\":\"m\",\"max_tokens\":1,\"temperature\":0,\"messages\":"
            + "[{\"role\":\"user\",\"content\":\"question %d\"}]}".formatted(question);
    var answer =
        new Ask("http://127.0.0.1:" + relays.get(relay).port())
            .post("/v1/messages", body, "x-api-key", "a-key-of-this-test");
    assertEquals(200, answer.statusCode());
    return Ask.outcome(answer);
  }

  private RelayConfig config(int cluster, int peer) {
    String yaml =
        """
        server: {listen: "127.0.0.1:0"}
        management: {listen: "127.0.0.1:0"}
        providers:
          - {name: a, type: anthropic, enabled: true, base_url: "%s"}
        cache:
          mode: ha
          deadline: 2s
          olric:
            embedded: true
            bind_addr: "127.0.0.1:%d"
            peers: ["127.0.0.1:%d"]
            replica_count: 2
            secret: a secret of this test
        """
            .formatted(upstream.origin(), cluster, peer);
    ConfigResult result = ConfigLoader.parse("test.yaml", yaml, name -> null);
    return assertInstanceOf(ConfigResult.Loaded.class, result, result::toString).config();
  }

  private static int freePorts() throws IOException {
    while (true) {
      int first = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      if (free(first, 20)) {
        return first;
      }
    }
  }

  private static boolean free(int first, int count) {
    for (int port = first; port < first + count; port++) {
      try (var socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      } catch (IOException taken) {
        return false;
      }
    }
    return true;
  }
}
