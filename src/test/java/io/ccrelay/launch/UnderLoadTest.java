package io.ccrelay.launch;

import static io.ccrelay.testing.Chats.ask;
import static io.ccrelay.testing.Chats.askStream;
import static io.ccrelay.testing.Chats.events;
import static io.ccrelay.testing.Chats.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.config.ConfigLoader;
import io.ccrelay.config.ConfigResult;
import io.ccrelay.config.ConfigWatch;
import io.ccrelay.testing.Ask;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.Load;
import io.ccrelay.testing.RawClient;
import io.ccrelay.testing.RawHttp;
import io.ccrelay.testing.Waiting;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole relay that is stopped and reconfigured while clients use it. */
@DisplayName("A39: drain and reload lose no request")
class UnderLoadTest {

  private static final String HIT = RawClient.post("/v1/messages", ask("hit"), "x-api-key: k");

  private final Vertx vertx = VertxFactory.create();
  private final FakeUpstream upstream = FakeUpstream.start(vertx);
  private RelayServer server;

  @AfterEach
  void close() throws IOException {
    Await.result(vertx.close());
    LogSetup.apply(new LoggingOptions("warn", "console", "stderr", false));
  }

  @Test
  void everythingUnderWayIsFinishedAndNobodyIsTurnedAway() throws Exception {
    start(Duration.ofSeconds(1));
    var streaming = FakeUpstream.gate();
    var slow = FakeUpstream.gate();
    var waiting = FakeUpstream.gate();
    upstream.next(FakeUpstream.gated(streaming, "text/event-stream"));
    var stream = new RawClient(server.port());
    stream.send(RawClient.post("/v1/messages", askStream("s"), "x-api-key: k"));
    streaming.await(1);
    List<String> events = events("one", "two");
    streaming.write(events.getFirst());
    stream.readUntil("message_start\"");
    upstream.next(FakeUpstream.hang(slow));
    var get = CompletableFuture.supplyAsync(() -> client().get("/v1/files", "x-api-key", "k"));
    slow.await(1);
    upstream.next(FakeUpstream.whole(200, message("Hello")));
    var idle = new RawClient(server.port());
    assertEquals(200, idle.send(HIT).answer().orElseThrow().status());
    upstream.always(FakeUpstream.hang(waiting));
    var load = Load.start(6, () -> new RawClient(server.port()), HIT, this::isReady);
    var queued = moreThanTheUpstreamTakes();
    waiting.await(250);
    var stopped = server.stop();
    assertEquals(503, readiness());
    upstream.always(FakeUpstream.whole(200, message("Hello")));
    waiting.answer(message("Hello"));
    for (var answer : queued) {
      assertEquals(200, answer.join().statusCode());
    }
    load.awaitEnd();
    assertEquals(List.of(), load.failures());
    assertTrue(load.answered() > 0);
    assertTrue(idle.endsWithin(Duration.ofSeconds(10)), "an idle connection is closed");
    assertFalse(stopped.isComplete(), "a stream and a slow answer are still under way");
    slow.answer("{}");
    assertEquals(200, get.join().statusCode());
    events.subList(1, events.size()).forEach(streaming::write);
    streaming.end();
    assertTrue(stream.readToEnd().contains("message_stop"));
    Await.result(stopped);
    assertThrows(IOException.class, () -> new RawClient(server.port()).close());
    stream.close();
    idle.close();
  }

  /** 256 exchanges run and the others wait for a place. */
  private List<CompletableFuture<HttpResponse<String>>> moreThanTheUpstreamTakes() {
    var all = new ArrayList<CompletableFuture<HttpResponse<String>>>();
    for (int i = 0; i < 280; i++) {
      all.add(client().postLater("/v1/messages", ask("queued " + i), "x-api-key", "k"));
    }
    return all;
  }

  @Test
  void fiftyBrokenFilesUnderLoadChangeNothing(@TempDir Path directory) throws Exception {
    start(Duration.ZERO);
    upstream.always(FakeUpstream.whole(200, message("Hello")));
    Path file = directory.resolve("config.yaml");
    Files.writeString(file, yaml());
    var watch =
        new ConfigWatch(
            vertx,
            file,
            name -> null,
            Duration.ofMillis(10),
            ConfigLoader.load(file, name -> null),
            new Reloading(vertx, server, config -> config));
    watch.start();
    try (var load = Load.start(6, () -> new RawClient(server.port()), HIT, () -> true)) {
      for (int i = 1; i <= 50; i++) {
        replace(file, i % 2 == 0 ? "server: {listen: nowhere}" : "providers: [" + i);
        awaitReloads("failed", i);
        replace(file, yaml() + "routing: {debug: " + (i % 2 == 1) + "}\n");
        awaitReloads("ok", i);
      }
      load.close();
      assertEquals(List.of(), load.failures());
      assertTrue(load.answered() > 500, "answered " + load.answered());
    }
    watch.close();
  }

  private static void replace(Path file, String text) throws IOException {
    Path fresh = Files.writeString(file.resolveSibling("fresh"), text);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private void awaitReloads(String result, int count) {
    String line = "cc_relay_config_reloads_total{result=\"%s\"} %d.0".formatted(result, count);
    Waiting.until(
        () -> RawHttp.ask(management(), "GET", "/metrics", "Host: localhost").body().contains(line),
        line);
  }

  private void start(Duration announce) {
    var options = new StartOptions(1, announce, InstantSource.system());
    server =
        switch (ConfigLoader.parse("test.yaml", yaml(), name -> null)) {
          case ConfigResult.Loaded loaded ->
              Await.result(RelayServer.start(vertx, loaded.config(), options));
          case ConfigResult.Invalid invalid -> throw new AssertionError(invalid.problems());
        };
  }

  private String yaml() {
    return """
    server: {listen: "127.0.0.1:0"}
    management: {listen: "127.0.0.1:0"}
    cache: {responses: {streaming: true}}
    logging: {level: warn, output: stderr}
    providers:
      - {name: a, type: anthropic, enabled: true, base_url: "%s"}
    """
        .formatted(upstream.origin());
  }

  private Ask client() {
    return new Ask("http://127.0.0.1:" + server.port());
  }

  private boolean isReady() {
    return readiness() == 200;
  }

  private int readiness() {
    return RawHttp.ask(management(), "GET", "/health/ready", "Host: localhost").status();
  }

  private int management() {
    return server.managementPort().orElseThrow();
  }
}
