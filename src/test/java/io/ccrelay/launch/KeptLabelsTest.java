package io.ccrelay.launch;

import static io.ccrelay.testing.Chats.ask;
import static io.ccrelay.testing.Chats.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.ccrelay.config.ConfigLoader;
import io.ccrelay.config.ConfigResult;
import io.ccrelay.config.RelayConfig;
import io.ccrelay.testing.Ask;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.Relays;
import io.ccrelay.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Labels, quarantine and questions are kept over a restart where the cache is")
class KeptLabelsTest {

  private static final String[] KEY = {"x-api-key", "a key"};

  private final Vertx vertx = VertxFactory.create();
  private final FakeUpstream upstream = FakeUpstream.start(vertx);

  @TempDir Path kept;

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private RelayServer start(double similarity) {
    String yaml =
        Relays.before(
            upstream,
            "management: {listen: '127.0.0.1:0'}",
            "cache: {deadline: 5s, persistence: {directory: '"
                + kept
                + "', interval: 1h}, semantic: {enabled: true, deadline: 10s, mode: serve, "
                + "min_similarity: "
                + similarity
                + ", audit: {share: 1}, compare: {by: equality}}}");
    RelayConfig config =
        assertInstanceOf(
                ConfigResult.Loaded.class, ConfigLoader.parse("t.yaml", yaml, name -> null))
            .config();
    return RelayServer.start(vertx, config, StartOptions.DEFAULTS).await();
  }

  private static int figure(RelayServer server, String name) {
    var management = new Ask("http://127.0.0.1:" + server.managementPort().orElseThrow());
    return new JsonObject(management.get("/admin/cache/stats").body())
        .getJsonObject("semantic")
        .getInteger(name);
  }

  private static String outcome(RelayServer server, String question) {
    var relay = new Ask("http://127.0.0.1:" + server.port());
    return Ask.outcome(relay.post("/v1/messages", ask(question), KEY));
  }

  /** A process that served one wrong answer. */
  private void lived() {
    RelayServer server = start(0.7);
    upstream.always(FakeUpstream.whole(200, message("It is Lima.")));
    assertEquals("miss", outcome(server, "What is the capital of Peru?"));
    Waiting.until(() -> figure(server, "questions") == 1, "the question is known");
    upstream.always(FakeUpstream.whole(200, message("It is Cusco.")));
    assertEquals("miss", outcome(server, "Could you tell me Peru's capital?"));
    Waiting.until(() -> figure(server, "wrong") == 1, "the audit says it was wrong");
    server.stop().await();
  }

  @Test
  void theNextProcessGoesOn() {
    lived();
    RelayServer next = start(0.7);
    assertEquals(1, figure(next, "labels"));
    assertEquals(1, figure(next, "wrong"));
    assertEquals(1, figure(next, "quarantined"));
    Waiting.until(() -> figure(next, "questions") == 2, "kept entries are found by question again");
    next.stop().await();
  }

  @Test
  void labelsOfOtherSettingsOrADamagedFileAreNotTaken() throws Exception {
    lived();
    RelayServer other = start(0.75);
    assertEquals(0, figure(other, "labels"));
    other.stop().await();
    byte[] file = Files.readAllBytes(kept.resolve("semantic-labels"));
    file[file.length / 2] ^= 1;
    Files.write(kept.resolve("semantic-labels"), file);
    RelayServer damaged = start(0.7);
    assertEquals(0, figure(damaged, "labels"));
    damaged.stop().await();
  }
}
