package io.ccrelay.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.config.ConfigLoader;
import io.ccrelay.config.ConfigResult;
import io.ccrelay.config.RelayConfig;
import io.ccrelay.testing.Ask;
import io.ccrelay.testing.Chats;
import io.ccrelay.testing.FakeEmbedder;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.Waiting;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName(
    "A semantic look-up with an embeddings backend, in a whole relay without semantic cache")
class SemanticPoliciesInServiceTest {

  private final Vertx vertx = VertxFactory.create();

  @TempDir Path directory;

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private RelayServer start(FakeUpstream backend, FakeUpstream service) throws Exception {
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
            vectors: {url: "%s/deployments/small/embeddings", headers: {api-key: k3y}}
        """
            .formatted(backend.origin(), service.origin()));
    RelayConfig config =
        assertInstanceOf(ConfigResult.Loaded.class, ConfigLoader.load(file, name -> null)).config();
    return RelayServer.start(vertx, config, StartOptions.DEFAULTS).await();
  }

  @Test
  void promptsAreEmbeddedAtItsAddressWithItsHeaders() throws Exception {
    FakeUpstream backend = FakeUpstream.start(vertx);
    FakeUpstream service = FakeUpstream.start(vertx);
    backend.always(FakeUpstream.whole(200, "Lima"));
    service.always(FakeEmbedder.service());
    RelayServer server = start(backend, service);
    var relay = new Ask("http://127.0.0.1:" + server.port());
    assertEquals("Lima", relay.post("/chat", Chats.ask("What is the capital of Peru?")).body());
    backend.always(FakeUpstream.whole(500, "never stored"));

    Waiting.until(
        () -> relay.post("/chat", Chats.ask("The capital of Peru is what?")).body().equals("Lima"),
        "the stored answer is found");

    assertTrue(
        service.seen().stream()
            .allMatch(seen ->
                seen.uri().equals("/deployments/small/embeddings")
                    && seen.fields().first("api-key").orElse("").equals("k3y")));
    server.stop().await();
  }
}
