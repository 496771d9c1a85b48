package io.ccrelay.launch;

import static io.ccrelay.testing.Chats.ask;
import static io.ccrelay.testing.Chats.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.ccrelay.cache.RedisOptions;
import io.ccrelay.cache.store.RedisStore;
import io.ccrelay.config.ConfigLoader;
import io.ccrelay.config.ConfigResult;
import io.ccrelay.config.RelayConfig;
import io.ccrelay.testing.Ask;
import io.ccrelay.testing.FakeEmbedder;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.RedisBinary;
import io.ccrelay.testing.RedisProcess;
import io.ccrelay.testing.Relays;
import io.ccrelay.testing.Waiting;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Questions of LLM routes that a Redis server remembers")
class SimilarAnswersInRedisTest {

  private static final String[] KEY = {"x-api-key", "a key"};
  private static final String SIMILAR = ask("Could you tell me the capital of Peru?");

  private final Vertx vertx = VertxFactory.create();
  private final FakeUpstream upstream = FakeUpstream.start(vertx);
  private final FakeUpstream service = FakeUpstream.start(vertx);

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private RelayServer start(RedisProcess redis) {
    String yaml =
        Relays.before(
            upstream,
            "policies: {external_cache: {endpoints: ['%s'], deadline: 2s}}"
                .formatted(redis.endpoint()),
            """
            cache: {semantic: {enabled: true, mode: serve, index: redis, deadline: 10s, min_similarity: 0.3,
              audit: {share: 0}, embedder: {type: http, base_url: '%s/v1', model: m}}}
            """
                .formatted(service.origin()));
    RelayConfig config =
        assertInstanceOf(
                ConfigResult.Loaded.class, ConfigLoader.parse("t.yaml", yaml, name -> null))
            .config();
    return RelayServer.start(vertx, config, StartOptions.DEFAULTS).await();
  }

  /** Where the server has no vector sets, the relay remembers them. */
  @ParameterizedTest
  @CsvSource({"VECTOR_SETS, 1", "BEFORE_VECTOR_SETS, 0"})
  void theyAreFoundThereAndMissedWithoutHarmWhenItDies(RedisBinary binary, long remembered) {
    service.always(FakeEmbedder.service());
    upstream.always(FakeUpstream.whole(200, message("It is Lima.")));
    try (var redis = RedisProcess.open(binary)) {
      RelayServer server = start(redis);
      var relay = new Ask("http://127.0.0.1:" + server.port());
      relay.post("/v1/messages", ask("What is the capital of Peru?"), KEY);
      Waiting.until(
          () -> "semantic".equals(Ask.outcome(relay.post("/v1/messages", SIMILAR, KEY))),
          "the question is found");
      assertEquals(remembered, questions(redis));
      redis.kill();
      String third = ask("Please tell me the capital of Peru");
      assertEquals(
          remembered == 0 ? "semantic" : "miss",
          Ask.outcome(relay.post("/v1/messages", third, KEY)));
      server.stop().await();
    }
  }

  private long questions(RedisProcess redis) {
    var store = new RedisStore(vertx, RedisOptions.standalone(redis.endpoint()), System::nanoTime);
    return store.commands().send("EXISTS", store.commands().key("questions")).await().toLong();
  }
}
