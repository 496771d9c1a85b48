package io.ccrelay.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.ccrelay.cache.cluster.ClusterNode;
import io.ccrelay.config.ConfigLoader;
import io.ccrelay.config.ConfigResult;
import io.ccrelay.config.RelayConfig;
import io.ccrelay.launch.Platform;
import io.ccrelay.launch.RelayServer;
import io.ccrelay.launch.StartOptions;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Whole relays of this process that share one cache. Confined to the test's thread. */
public final class ClusteredRelays implements AutoCloseable {

  private static final int PORTS_EACH = 10;

  private final Vertx vertx = Vertx.vertx();
  private final List<Platform> platforms = new ArrayList<>();
  private final List<RelayServer> relays = new ArrayList<>();
  private final FakeUpstream upstream;
  private final int size;
  private final int firstPort;

  /** Room for {@code size} relays, none of them started. */
  public ClusteredRelays(int size) {
    this.size = size;
    this.firstPort = freePorts(size * PORTS_EACH);
    this.upstream =
        FakeUpstream.start(vertx).always(FakeUpstream.whole(200, Chats.message("hello")));
  }

  /** Starts one more and waits until all that were started see it. */
  public void start() throws IOException, InterruptedException {
    RelayConfig config = config(platforms.size());
    Platform platform = Platform.open(config.cache(), InstantSource.system());
    platforms.add(platform);
    relays.add(
        Await.result(
            RelayServer.start(
                platform, config, new StartOptions(1, Duration.ZERO, InstantSource.system()))));
    for (int i = 0; i < platforms.size(); i++) {
      ClusterNode node = node(i);
      Waiting.until(() -> node.members().size() == platforms.size(), "all are there");
    }
  }

  /** The relay {@code number} as a member. */
  public ClusterNode node(int number) {
    return platforms.get(number).node().orElseThrow();
  }

  /** Asks its management. */
  public Ask managed(int number) {
    return new Ask("http://127.0.0.1:" + relays.get(number).managementPort().orElseThrow());
  }

  /** What {@code X-CC-Relay-Cache} says of its answer to a question with this number. */
  public String ask(int number, int question) {
    String body =
        "{\"model\":\"m\",\"max_tokens\":1,\"temperature\":0,\"messages\":"
            + "[{\"role\":\"user\",\"content\":\"question %d\"}]}".formatted(question);
    var answer =
        new Ask("http://127.0.0.1:" + relays.get(number).port())
            .post("/v1/messages", body, "x-api-key", "a-key-of-this-test");
    assertEquals(200, answer.statusCode());
    return Ask.outcome(answer);
  }

  private RelayConfig config(int number) {
    var peers = new ArrayList<String>();
    for (int i = 0; i < size; i++) {
      if (i != number) {
        peers.add("\"127.0.0.1:" + (firstPort + i * PORTS_EACH + 2) + "\"");
      }
    }
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
            peers: %s
            replica_count: 2
            secret: a secret of this test
        """
            .formatted(upstream.origin(), firstPort + number * PORTS_EACH, peers);
    ConfigResult result = ConfigLoader.parse("test.yaml", yaml, name -> null);
    return assertInstanceOf(ConfigResult.Loaded.class, result, result::toString).config();
  }

  private static int freePorts(int count) {
    while (true) {
      int first = ThreadLocalRandom.current().nextInt(20_000, 32_000 - count);
      if (RelayProcesses.isFree(first, count)) {
        return first;
      }
    }
  }

  @Override
  public void close() throws InterruptedException {
    for (RelayServer relay : relays) {
      Await.result(relay.stop());
    }
    for (Platform platform : platforms) {
      platform.close();
    }
    Await.result(vertx.close());
  }
}
