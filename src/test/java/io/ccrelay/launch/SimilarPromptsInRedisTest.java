package io.ccrelay.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.ccrelay.config.ConfigLoader;
import io.ccrelay.config.ConfigResult;
import io.ccrelay.config.RelayConfig;
import io.ccrelay.testing.Ask;
import io.ccrelay.testing.Chats;
import io.ccrelay.testing.FakeEmbedder;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.RedisBinary;
import io.ccrelay.testing.RedisProcess;
import io.ccrelay.testing.Waiting;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Semantic policies of relays that share a Redis server with vector sets. */
class SimilarPromptsInRedisTest {

  private static final String ASKED = Chats.ask("What is the capital of Peru?");
  private static final String SIMILAR = Chats.ask("The capital of Peru is what?");

  private final Vertx vertx = Vertx.vertx();
  private final FakeUpstream backend = FakeUpstream.start(vertx);
  private final FakeUpstream service = FakeUpstream.start(vertx);

  @TempDir Path directory;

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private RelayServer start(RedisProcess redis) throws Exception {
    Files.writeString(
        directory.resolve("api.xml"),
        """
        <policies>
          <inbound><llm-semantic-cache-lookup score-threshold="0.05"
            embeddings-backend-id="vectors" embeddings-backend-auth="header" /></inbound>
          <backend><forward-request /></backend>
          <outbound><llm-semantic-cache-store duration="60" /></outbound>
        </policies>
        """);
    Path file = directory.resolve("relay.yaml");
    Files.writeString(
        file,
        """
        server: {listen: "127.0.0.1:0"}
        apis:
          - {name: chat, path: /chat, backend: "%s", policy: api.xml}
        cache: {semantic: {deadline: 10s}}
        policies:
          backends:
            vectors: {url: "%s/embeddings"}
          external_cache: {endpoints: ["%s"], deadline: 2s}
        """
            .formatted(backend.origin(), service.origin(), redis.endpoint()));
    RelayConfig config =
        assertInstanceOf(ConfigResult.Loaded.class, ConfigLoader.load(file, name -> null)).config();
    return RelayServer.start(vertx, config, StartOptions.DEFAULTS).await();
  }

  private static Ask client(RelayServer relay) {
    return new Ask("http://127.0.0.1:" + relay.port());
  }

  @Test
  void promptThatOneStoredIsFoundByAnotherAndAfterARestart() throws Exception {
    service.always(FakeEmbedder.service());
    backend.always(FakeUpstream.whole(200, "Lima"));
    try (var redis = RedisProcess.open(RedisBinary.VECTOR_SETS)) {
      RelayServer one = start(redis);
      RelayServer other = start(redis);
      assertEquals("Lima", client(one).post("/chat", ASKED).body());
      backend.always(FakeUpstream.whole(500, "never stored"));

      Waiting.until(
          () -> client(other).post("/chat", SIMILAR).body().equals("Lima"),
          "the answer that the first stored");

      one.stop().await();
      other.stop().await();
      RelayServer later = start(redis);
      assertEquals("Lima", client(later).post("/chat", SIMILAR).body());

      redis.kill();
      assertEquals(500, client(later).post("/chat", SIMILAR).statusCode(), "a miss, nothing else");
      later.stop().await();
    }
  }
}
