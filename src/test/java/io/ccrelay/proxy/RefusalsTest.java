package io.ccrelay.proxy;

import static io.ccrelay.testing.Ask.field;
import static io.ccrelay.testing.Chats.ask;
import static io.ccrelay.testing.Chats.askStream;
import static io.ccrelay.testing.Chats.events;
import static io.ccrelay.testing.Chats.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.Await;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.RawClient;
import io.ccrelay.testing.RawH2Client;
import io.ccrelay.testing.Relays;
import io.ccrelay.testing.Scene;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the relay answers by itself, in the format of whoever asks. */
@DisplayName("Answers of the relay's own: limits, deadlines, routes, listings")
class RefusalsTest {

  private static final String MESSAGES = "/v1/messages";
  private static final String CHAT = "/v1/chat/completions";

  private final FakeUpstream.Gate gate = FakeUpstream.gate();
  private Scene scene;

  @BeforeEach
  void start() {
    scene = Scene.of("");
    scene.upstream.always(FakeUpstream.whole(200, message("Hello")));
  }

  @AfterEach
  void stop() {
    scene.relay.awaitIdle();
    scene.close();
  }

  @ParameterizedTest
  @CsvSource({MESSAGES + ",server_busy", CHAT + ",server_error"})
  void moreThanMayBeUnderWayAreToldToComeBack(String path, String type) {
    configure("max_concurrent: 1");
    scene.upstream.next(FakeUpstream.hang(gate));
    var first = post(MESSAGES, ask("first"));
    gate.await(1);
    var refused = post(path, ask("second")).join();
    assertError(503, type, refused);
    assertEquals("true", field(refused, "x-should-retry"));
    assertEquals("1", field(refused, "retry-after"));
    assertEquals(200, scene.ask.get("/health").statusCode());
    gate.answer(message("first"));
    assertEquals(message("first"), first.join().body());
    assertEquals(200, post(MESSAGES, ask("third")).join().statusCode());
  }

  @Test
  void whatCanOnlyBeReadSaysSo() {
    var refused = scene.ask.post("/health", "{}");
    assertEquals(405, refused.statusCode());
    assertEquals("GET, HEAD", field(refused, "allow"));
    assertEquals("application/json", field(refused, "content-type"));
  }

  @ParameterizedTest
  @ValueSource(strings = {MESSAGES, CHAT, "/v1/files"})
  void anUpstreamThatIsTooSlow(String path) {
    configure("timeout_ms: 300");
    scene.upstream.always(FakeUpstream.hang(gate));
    assertError(504, "timeout_error", post(path, ask("slow")).join());
  }

  @Test
  void aStreamThatStandsStillEndsWithAnErrorEvent() throws IOException {
    configure("timeout_ms: 400");
    scene.upstream.always(FakeUpstream.gated(gate, "text/event-stream"));
    String first = events("a").getFirst();
    for (String path : List.of(MESSAGES, CHAT)) {
      try (var client = new RawClient(scene.relay.port())) {
        client.send(RawClient.post(path, askStream("q"), "x-api-key: k"));
        gate.await(1);
        gate.write(first);
        String answer = client.readToEnd();
        String data = answer.substring(answer.lastIndexOf("data: ") + 6).strip();
        assertEquals(
            "timeout_error", new JsonObject(data).getJsonObject("error").getString("type"));
        assertEquals(path.equals(MESSAGES), answer.contains("\nevent: error\n"));
        assertFalse(answer.endsWith("\r\n0\r\n\r\n"), "never a clean end");
        gate.end();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({MESSAGES + ",request_too_large", CHAT + ",invalid_request_error"})
  void aBodyThatIsTooLarge(String path, String type) {
    configure("max_body_bytes: 1000");
    assertError(413, type, post(path, ask("x".repeat(1000))).join());
    assertEquals(200, post(path, ask("x".repeat(500))).join().statusCode());
    assertEquals(1, scene.upstream.calls());
  }

  @Test
  void aBodyThatTurnsOutTooLarge() throws IOException {
    configure("max_body_bytes: 1000");
    try (var client = new RawClient(scene.relay.port())) {
      client.send(
          "POST /v1/messages HTTP/1.1\r\nHost: r\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "7d0\r\n"
              + "x".repeat(2000)
              + "\r\n0\r\n\r\n");
      assertEquals(413, client.answer().orElseThrow().status());
    }
    assertEquals(0, scene.upstream.calls());
  }

  @ParameterizedTest
  @CsvSource({
    MESSAGES + ",not_found_error",
    "/v1/messages/count_tokens,not_found_error",
    CHAT + ",invalid_request_error",
    "/v1/embeddings,invalid_request_error"
  })
  void aMethodThatIsNone(String path, String type) {
    var answer = scene.ask.get(path);
    assertError(405, type, answer);
    assertEquals("POST", field(answer, "allow"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/v2/messages", "/V1/messages", "/v1", "/admin/cache/stats"})
  void aPathThatIsNone(String path) {
    assertError(404, "not_found_error", scene.ask.get(path));
    assertError(404, "not_found_error", scene.ask.post(path, ask("q")));
    assertEquals(0, scene.upstream.calls());
  }

  @Test
  void aDialectThatNobodySpeaks() {
    scene.relay.reload(
        """
        server: {listen: "127.0.0.1:0"}
        providers: [{name: o, type: openai, enabled: true, base_url: "%s"}]
        """
            .formatted(scene.upstream.origin()));
    var answer = post(MESSAGES, ask("q")).join();
    assertError(404, "not_found_error", answer);
    assertEquals("false", field(answer, "x-should-retry"));
  }

  @Test
  void theListingsNeedNoCredential() {
    scene.relay.reload(
        """
        server: {listen: "127.0.0.1:0", auth: {api_key: secret}}
        providers:
          - {name: a, type: anthropic, enabled: true, base_url: "%1$s", models: [m1, m2], keys: [{key: k}]}
          - {name: off, type: anthropic, enabled: false, base_url: "%1$s", models: [m3]}
          - {name: o, type: openai, enabled: true, base_url: "%1$s", models: [m4], keys: [{key: k}]}
        """
            .formatted(scene.upstream.origin()));
    var models = new JsonObject(scene.ask.get("/v1/models?limit=1000").body());
    assertEquals("list", models.getString("object"));
    var first = models.getJsonArray("data").getJsonObject(0);
    assertEquals(3, models.getJsonArray("data").size());
    assertEquals("m1", first.getString("id"));
    assertEquals("model", first.getString("object"));
    assertEquals("anthropic", first.getString("owned_by"));
    assertEquals("a", first.getString("provider"));
    assertTrue(first.getLong("created") > 0);
    assertEquals("m1", first.getString("display_name"));
    var providers = new JsonObject(scene.ask.get("/v1/providers").body());
    var one = providers.getJsonArray("data").getJsonObject(0);
    assertEquals(2, providers.getJsonArray("data").size());
    assertEquals("a", one.getString("name"));
    assertEquals("anthropic", one.getString("type"));
    assertEquals(scene.upstream.origin(), one.getString("base_url"));
    assertEquals(List.of("m1", "m2"), one.getJsonArray("models").getList());
    assertTrue(one.getBoolean("active"));
    assertFalse(providers.encode().contains("secret"));
    assertEquals(0, scene.upstream.calls());
  }

  @Test
  void clearTextHttp2IsSpokenOnlyWhenAskedFor() throws Exception {
    byte[] body = ask("q").getBytes(StandardCharsets.UTF_8);
    try (var client = new RawH2Client(scene.relay.port())) {
      client.request(1, false, "POST", MESSAGES, "x-api-key", "k").data(1, true, body);
      assertFalse(client.outcome(1) instanceof RawH2Client.Outcome.Answered);
    } catch (IOException refused) {
      assertEquals(0, scene.upstream.calls());
    }
    try (var other =
        Scene.of(
            "",
            setup ->
                Relays.Setup.of(
                    setup.yaml().replace("server: {", "server: {enable_http2: true, ")))) {
      other.upstream.always(FakeUpstream.whole(200, message("Hello")));
      var client =
          other.vertx.createHttpClient(
              new HttpClientOptions()
                  .setProtocolVersion(HttpVersion.HTTP_2)
                  .setHttp2ClearTextUpgrade(false));
      for (String expected : List.of("miss", "hit")) {
        var answer =
            Await.result(
                client
                    .request(HttpMethod.POST, other.relay.port(), "127.0.0.1", MESSAGES)
                    .compose(request -> request.send(Buffer.buffer(body)))
                    .compose(response -> response.body().map(response)));
        assertEquals(HttpVersion.HTTP_2, answer.version());
        assertEquals(message("Hello"), Await.result(answer.body()).toString());
        assertEquals(expected, answer.getHeader("x-cc-relay-cache"));
      }
    }
  }

  private CompletableFuture<HttpResponse<String>> post(String path, String body) {
    return scene.ask.postLater(path, body, "x-api-key", "k");
  }

  private void configure(String server) {
    scene.relay.reload(
        Relays.before(scene.upstream).replace("server: {", "server: {" + server + ", "));
  }

  private static void assertError(int status, String type, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode(), answer.body());
    assertEquals("application/json", field(answer, "content-type"));
    var body = new JsonObject(answer.body());
    String path = answer.uri().getPath();
    boolean openai = path.startsWith("/v1/") && !path.startsWith(MESSAGES);
    assertEquals(openai ? null : "error", body.getString("type"));
    assertEquals(type, body.getJsonObject("error").getString("type"));
    assertFalse(body.getJsonObject("error").getString("message").isBlank());
    assertFalse(field(answer, "x-request-id").isEmpty());
  }
}
