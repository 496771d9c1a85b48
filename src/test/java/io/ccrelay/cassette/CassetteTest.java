package io.ccrelay.cassette;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.config.ConfigLoader;
import io.ccrelay.config.ConfigResult;
import io.ccrelay.config.RelayConfig;
import io.ccrelay.launch.RelayServer;
import io.ccrelay.launch.StartOptions;
import io.ccrelay.launch.VertxFactory;
import io.ccrelay.testing.Ask;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.Chats;
import io.ccrelay.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
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

/** Whole relays that record what a provider answers, and do without it later. */
class CassetteTest {

  private static final String STREAM = String.join("", Chats.events("a", "b"));

  private final Vertx vertx = VertxFactory.create();
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer provider;
  private Path cassette;
  @TempDir private Path directory;

  @BeforeEach
  void listen() {
    cassette = directory.resolve("cassette.jsonl");
    provider =
        Await.result(vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1"));
  }

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  private void answer(HttpServerRequest request) {
    asked.incrementAndGet();
    var _ =
        request
            .body()
            .onSuccess(body -> {
              var response = request.response().putHeader("set-cookie", "session=canary");
              String text = body.toString();
              if (text.contains("overloaded")) {
                response.setStatusCode(529).end("{}");
              } else if (text.contains("\"stream\":true")) {
                response.putHeader("content-type", "text/event-stream").end(STREAM);
              } else {
                response
                    .putHeader("content-type", "application/json")
                    .end(Buffer.buffer(Chats.message("recorded")));
              }
            });
  }

  @Test
  void whatIsRecordedIsReplayedToAnybodyWithoutTheProvider() throws Exception {
    Ask recording = start("record");
    var message = post(recording, Chats.ask("one"), "sk-ant-canary-1");
    var stream = post(recording, Chats.askStream("two"), "sk-ant-canary-1");
    assertEquals(200, message.statusCode());
    awaitLines(2);
    assertEquals(2, asked.get());
    String file = Files.readString(cassette);
    assertFalse(file.contains("canary"), file);
    assertTrue(file.contains("\"content\":\"one\""), "a prompt can be read: " + file);
    assertEquals(
        PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(cassette));
    Await.result(provider.close());

    Ask replaying = start("replay");
    assertEquals(message.body(), post(replaying, Chats.ask("one"), "sk-ant-other").body());
    assertEquals(stream.body(), post(replaying, Chats.askStream("two"), "sk-ant-other").body());
    assertEquals(2, asked.get());
  }

  @Test
  void aMissInReplayIsExplainedAndNotRetried() throws Exception {
    Ask recording = start("record");
    post(recording, Chats.ask("one"), "k");
    awaitLines(1);
    Ask replaying = start("replay");
    var miss = post(replaying, Chats.ask("another"), "k");
    assertEquals(504, miss.statusCode());
    assertEquals("false", Ask.field(miss, "x-should-retry"));
    JsonObject error = new JsonObject(miss.body()).getJsonObject("error");
    assertTrue(error.getString("message").contains("messages[0]"), miss.body());
    assertEquals(504, replaying.get("/v1/files").statusCode());
    assertEquals(1, asked.get());
  }

  @Test
  void aHybridAsksOnlyWhatIsNotRecorded() throws Exception {
    Ask first = start("hybrid");
    post(first, Chats.ask("one"), "k");
    awaitLines(1);
    Ask second = start("hybrid");
    post(second, Chats.ask("one"), "k");
    assertEquals(1, asked.get());
    post(second, Chats.ask("two"), "k");
    awaitLines(2);
    assertEquals(2, asked.get());
  }

  @Test
  void whatIsAMatterOfTheMomentIsNotRecorded() throws Exception {
    Ask recording = start("record");
    assertEquals(529, post(recording, Chats.ask("overloaded"), "k").statusCode());
    post(recording, Chats.ask("one"), "k");
    awaitLines(1);
    assertFalse(Files.readString(cassette).contains("overloaded"));
  }

  @Test
  void aCassetteThatCannotBeReadIsNamedWithItsLine() throws Exception {
    Files.writeString(cassette, "\n{\"request\": {\"path\": \"/nowhere\"}}\n");
    var failure = assertThrows(Throwable.class, () -> start("replay"));
    assertTrue(said(failure).contains("cassette.jsonl:2: request.path"), said(failure));
    Files.delete(cassette);
    assertThrows(Throwable.class, () -> start("replay"));
  }

  private static String said(Throwable failure) {
    return failure + " " + failure.getCause();
  }

  private void awaitLines(int count) throws IOException {
    Waiting.until(
        () -> {
          try {
            return Files.readAllLines(cassette).size() == count;
          } catch (IOException e) {
            return false;
          }
        },
        () -> "lines: " + count);
    assertEquals(count, Files.readAllLines(cassette).size());
  }

  private static HttpResponse<String> post(Ask ask, String body, String credential) {
    return ask.post("/v1/messages", body, "x-api-key", credential);
  }

  private Ask start(String mode) {
    String yaml =
        """
        server: {listen: "127.0.0.1:0"}
        management: {listen: ""}
        providers: [{name: a, type: anthropic, enabled: true, base_url: "http://127.0.0.1:%d"}]
        cache: {responses: {mode: %s, cassette: "%s"}}
        """
            .formatted(provider.actualPort(), mode, cassette);
    RelayConfig config =
        switch (ConfigLoader.parse("test.yaml", yaml, name -> null)) {
          case ConfigResult.Loaded(RelayConfig loaded, var warnings) -> loaded;
          case ConfigResult.Invalid(var problems) -> throw new AssertionError(List.of(problems));
        };
    RelayServer server = Await.result(RelayServer.start(vertx, config, StartOptions.DEFAULTS));
    return new Ask("http://127.0.0.1:" + server.port());
  }
}
