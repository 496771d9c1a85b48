package io.ccrelay.launch;

import static io.ccrelay.testing.Chats.ask;
import static io.ccrelay.testing.Chats.askStream;
import static io.ccrelay.testing.Chats.events;
import static io.ccrelay.testing.Chats.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.config.ConfigLoader;
import io.ccrelay.config.ConfigResult;
import io.ccrelay.config.ConfigWatch;
import io.ccrelay.testing.Ask;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.Load;
import io.ccrelay.testing.LoopWatch;
import io.ccrelay.testing.RawClient;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A whole relay with everything on that has to do with files, from its start to its end, while
 * clients ask for all it can do. What its event loops wait for meanwhile is nothing.
 */
@Tag("slow")
@DisplayName("A40: no event loop waits")
class BlockedLoopsTest {

  private static final String HIT = RawClient.post("/v1/messages", ask("hit"), "x-api-key: k");
  private static final String[] KEY = {"x-api-key", "k"};
  private static final String POLICY =
      """
      <policies>
        <inbound>
          <cache-lookup vary-by-developer="false" vary-by-developer-groups="false" />
          <rate-limit-by-key calls="100000" renewal-period="60" counter-key="@(context.Request.IpAddress)" />
          <cache-lookup-value key="name" variable-name="name" default-value="none" />
        </inbound>
        <backend><forward-request /></backend>
        <outbound>
          <cache-store duration="60" />
          <cache-store-value key="name" value="a" duration="60" />
        </outbound>
      </policies>
      """;

  private final Vertx vertx = VertxFactory.create();
  private final FakeUpstream upstream = FakeUpstream.start(vertx);
  @TempDir private Path directory;
  private RelayServer server;

  @AfterEach
  void close() throws IOException {
    LogSetup.apply(new LoggingOptions("warn", "console", "stderr", false));
    Await.result(vertx.close());
  }

  @ParameterizedTest
  @ValueSource(strings = {"normal", "hybrid"})
  void fromStartToEnd(String mode) throws Exception {
    upstream.always(FakeUpstream.whole(200, message("Hello")));
    Files.writeString(directory.resolve("api.xml"), POLICY);
    Path file = Files.writeString(directory.resolve("config.yaml"), yaml(mode));
    try (var watch = LoopWatch.start()) {
      ConfigResult loaded = ConfigLoader.load(file, name -> null);
      start(loaded, InstantSource.system());
      var reloads =
          new ConfigWatch(
              vertx,
              file,
              name -> null,
              Duration.ofMillis(20),
              loaded,
              new Reloading(vertx, server, config -> config));
      reloads.start();
      try (var load = Load.start(4, () -> new RawClient(server.port()), HIT, () -> true)) {
        clients();
        administration();
        Files.writeString(file, yaml(mode) + "routing: {debug: true}\n");
        Thread.ofVirtual().start(this::clients).join();
        load.close();
        assertEquals(List.of(), load.failures());
      }
      reloads.close();
      Await.result(server.stop());
      assertTrue(upstream.calls() > 20, "the relay was used");
      assertEquals(List.of(), watch.waits());
    }
  }

  @Test
  void oneThatDoesIsSeen() throws Exception {
    upstream.always(FakeUpstream.whole(200, message("Hello")));
    Files.writeString(directory.resolve("api.xml"), POLICY);
    Path file = Files.writeString(directory.resolve("config.yaml"), yaml("normal"));
    start(ConfigLoader.load(file, name -> null), BlockedLoopsTest::instantWaitedFor);
    try (var watch = LoopWatch.start()) {
      Ask relay = new Ask("http://127.0.0.1:" + server.port());
      assertEquals(200, relay.post("/v1/messages", ask("question"), KEY).statusCode());
      List<String> waits = watch.waits();
      assertTrue(waits.getFirst().startsWith("jdk.ThreadSleep"), waits.toString());
      assertTrue(waits.getFirst().contains("io.ccrelay.proxy"), waits.toString());
    }
  }

  private static Instant instantWaitedFor() {
    try {
      Thread.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Instant.now();
  }

  private void start(ConfigResult loaded, InstantSource clock) throws IOException {
    if (!(loaded instanceof ConfigResult.Loaded(var config, var _))) {
      throw new AssertionError(loaded);
    }
    LogSetup.apply(config.logging());
    var options = new StartOptions(1, Duration.ZERO, clock);
    server = Await.result(RelayServer.start(vertx, config, options));
  }

  private void clients() {
    var relay = new Ask("http://127.0.0.1:" + server.port());
    for (int i = 0; i < 10; i++) {
      assertEquals(200, relay.post("/v1/messages", ask("question " + i), KEY).statusCode());
      upstream.next(FakeUpstream.events(events("one", "two")));
      assertEquals(200, relay.post("/v1/messages", askStream("stream " + i), KEY).statusCode());
      assertEquals(200, relay.post("/v1/messages", askStream("stream " + i), KEY).statusCode());
      assertEquals(200, relay.get("/web/page" + i % 3).statusCode());
      assertEquals(200, relay.get("/plain/page" + i % 3).statusCode());
      relay.post("/v1/messages", "no JSON", KEY);
    }
    String large = ask("x".repeat(3_000_000));
    assertEquals(200, relay.post("/v1/messages", large, KEY).statusCode());
    assertEquals(200, relay.post("/v1/messages", large, KEY).statusCode());
  }

  private void administration() {
    var admin = new Ask("http://127.0.0.1:" + server.managementPort().orElseThrow());
    for (String path :
        List.of(
            "/",
            "/metrics",
            "/health/live",
            "/health/ready",
            "/openapi.json",
            "/admin/cache/stats",
            "/admin/cache/ping",
            "/admin/cache/entries",
            "/admin/cache/export",
            "/admin/cluster",
            "/admin/requests")) {
      assertTrue(admin.get(path).statusCode() < 500, path);
    }
    String asked =
        "{\"path\": \"/v1/messages\", \"headers\": {\"x-api-key\": \"k\"}, \"body\": %s}";
    assertEquals(200, ok(admin, "explain", asked.formatted(ask("another"))));
    assertEquals(200, ok(admin, "purge", "{\"all\": true, \"dryRun\": true}"));
    assertEquals(200, ok(admin, "purge", "{\"model\": \"nothing\"}"));
    String given =
        "{\"path\": \"/v1/messages\", \"headers\": {\"x-api-key\": \"k\"}, \"body\": %s,"
            + " \"answer\": {\"status\": 200, \"body\": %s}}";
    assertEquals(200, ok(admin, "preload", given.formatted(ask("given"), message("Hello"))));
  }

  private static int ok(Ask admin, String what, String body) {
    HttpResponse<String> answer = admin.post("/admin/cache/" + what, body.replace("\n", ""));
    assertEquals(200, answer.statusCode(), answer.body());
    return answer.statusCode();
  }

  private String yaml(String mode) {
    return """
    server: {listen: "127.0.0.1:0"}
    management: {listen: "127.0.0.1:0"}
    cache:
      persistence: {directory: "%2$s/kept", interval: 1s}
      responses: {streaming: true, mode: %3$s%4$s}
    logging: {level: debug, format: json, output: "%2$s/relay.log", access: json}
    tracing: {otlp: "%1$s/v1/traces"}
    providers:
      - {name: a, type: anthropic, enabled: true, base_url: "%1$s"}
    apis:
      - {name: web, path: /web, backend: "%1$s", policy: %2$s/api.xml}
      - {name: plain, path: /plain, backend: "%1$s", http_cache: on}
    """
        .formatted(
            upstream.origin(),
            directory,
            mode,
            mode.equals("normal") ? "" : ", cassette: \"" + directory.resolve("c.jsonl") + "\"");
  }
}
