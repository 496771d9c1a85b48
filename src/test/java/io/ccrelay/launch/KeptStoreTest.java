package io.ccrelay.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.ccrelay.config.ConfigLoader;
import io.ccrelay.config.ConfigResult;
import io.ccrelay.config.RelayConfig;
import io.ccrelay.testing.Ask;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.Chats;
import io.ccrelay.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole relays, one after the other, over one directory. */
class KeptStoreTest {

  private static final String JSON = "Content-Type";

  private final Vertx vertx = VertxFactory.create();
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer provider;
  private RelayServer server;
  private Path kept;
  @TempDir private Path directory;

  @BeforeEach
  void listen() {
    kept = directory.resolve("kept");
    provider =
        Await.result(
            vertx
                .createHttpServer()
                .requestHandler(request -> {
                  int number = asked.incrementAndGet();
                  request
                      .response()
                      .putHeader("content-type", "application/json")
                      .end(Chats.message("answer " + number));
                })
                .listen(0, "127.0.0.1"));
  }

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  @Test
  void entriesOfACredentialAreHitsAfterARestart() throws Exception {
    Ask first = start("1h");
    String answer = post(first, "one").body();
    Await.result(server.stop());
    HttpResponse<String> again = post(start("1h"), "one");
    assertEquals("hit", Ask.outcome(again));
    assertEquals(answer, again.body());
    assertEquals(1, asked.get());
    for (String file : List.of("secret", "snapshot")) {
      assertEquals(
          PosixFilePermissions.fromString("rw-------"),
          Files.getPosixFilePermissions(kept.resolve(file)));
    }
  }

  @Test
  void aSnapshotIsTakenFromTimeToTime() throws Exception {
    post(start("1s"), "one");
    Path snapshot = kept.resolve("snapshot");
    Waiting.until(() -> snapshot.toFile().length() > 100, "a snapshot");
  }

  @Test
  void snapshotsThatFailAreCountedAndServingGoesOn() throws Exception {
    Ask ask = start("1s");
    post(ask, "one");
    Waiting.until(() -> snapshots("written") > 0, "a snapshot");
    assertEquals(0, snapshots("write-failed"));
    Files.move(kept, directory.resolve("elsewhere"));
    Files.writeString(kept, "not a directory any more");
    Waiting.until(() -> snapshots("write-failed") > 0, "a failure");
    assertEquals("hit", Ask.outcome(post(ask, "one")));
  }

  private int snapshots(String result) {
    String metrics =
        new Ask("http://127.0.0.1:" + server.managementPort().orElseThrow()).get("/metrics").body();
    String series = "cc_relay_cache_snapshots_total{result=\"" + result + "\"} ";
    return metrics
        .lines()
        .filter(line -> line.startsWith(series))
        .mapToInt(line -> (int) Double.parseDouble(line.substring(series.length())))
        .sum();
  }

  @Test
  void whatWasPurgedStaysVoidAfterARestart() throws Exception {
    post(start("1h"), "one");
    var purged =
        new Ask("http://127.0.0.1:" + server.managementPort().orElseThrow())
            .post("/admin/cache/purge", "{\"model\": \"claude-x\"}", JSON, "application/json");
    assertEquals(200, purged.statusCode());
    Await.result(server.stop());
    assertEquals("miss", Ask.outcome(post(start("1h"), "one")));
  }

  @Test
  void aDamagedDirectoryIsIgnored() throws Exception {
    post(start("1h"), "one");
    Await.result(server.stop());
    Files.writeString(kept.resolve("snapshot"), "damaged");
    Files.writeString(kept.resolve("secret"), "damaged");
    assertEquals("miss", Ask.outcome(post(start("1h"), "one")));
    assertFalse(
        Files.readString(kept.resolve("secret"), java.nio.charset.StandardCharsets.ISO_8859_1)
            .equals("damaged"));
  }

  private static HttpResponse<String> post(Ask ask, String prompt) {
    var answer = ask.post("/v1/messages", Chats.ask(prompt), "x-api-key", "sk-ant-somebody");
    assertEquals(200, answer.statusCode(), answer.body());
    return answer;
  }

  private Ask start(String interval) {
    String yaml =
        """
        server: {listen: "127.0.0.1:0"}
        management: {listen: "127.0.0.1:0"}
        providers: [{name: a, type: anthropic, enabled: true, base_url: "http://127.0.0.1:%d"}]
        cache: {persistence: {directory: "%s", interval: %s}}
        """
            .formatted(provider.actualPort(), kept, interval);
    RelayConfig config =
        switch (ConfigLoader.parse("test.yaml", yaml, name -> null)) {
          case ConfigResult.Loaded(RelayConfig loaded, var warnings) -> loaded;
          case ConfigResult.Invalid(var problems) -> throw new AssertionError(List.of(problems));
        };
    server = Await.result(RelayServer.start(vertx, config, StartOptions.DEFAULTS));
    return new Ask("http://127.0.0.1:" + server.port());
  }
}
