package io.ccrelay.proxy;

import static io.ccrelay.testing.Ask.field;
import static io.ccrelay.testing.Chats.ask;
import static io.ccrelay.testing.Chats.askStream;
import static io.ccrelay.testing.Chats.events;
import static io.ccrelay.testing.Chats.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.RawClient;
import io.ccrelay.testing.Scene;
import io.ccrelay.testing.Waiting;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * However many requests go wrong, in whatever way: the next good one is served, and nothing of the
 * bad ones is left.
 */
@DisplayName("A06: the relay recovers from four times its pool of bad requests")
class RecoveryTest {

  private static final int POOL = 3;
  private static final int BAD = 4 * POOL;
  private static final String KEY = "x-api-key: k";

  private final FakeUpstream.Gate gate = FakeUpstream.gate();
  private Scene scene;

  @BeforeEach
  void start() {
    scene = Scene.of("cache: {responses: {streaming: true}}", setup -> setup.bounded(POOL, BAD));
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/messages", "/v1/files"})
  void uploadsThatBreakOff(String path) throws IOException {
    String whole = RawClient.post(path, ask("never finished"), KEY);
    for (int i = 0; i < BAD; i++) {
      try (var client = client()) {
        client.send(whole.substring(0, whole.length() - 1 - i));
        leave(client, i);
      }
    }
    goodOnesAreServed();
    assertTrue(scene.upstream.seen().stream().noneMatch(s -> s.text().contains("never")));
  }

  @Test
  void uploadsThatAreAnsweredEarlyAndNeverFinished() throws IOException {
    scene.upstream.early(request -> request.uri().equals("/v1/files"));
    scene.upstream.always(FakeUpstream.whole(413, "{}"));
    for (int i = 0; i < BAD; i++) {
      try (var client = client()) {
        client.send("POST /v1/files HTTP/1.1\r\nHost: relay\r\nContent-Length: 90000\r\n\r\nabc");
        assertEquals(413, client.answer().orElseThrow().status());
        leave(client, i);
      }
    }
    goodOnesAreServed();
  }

  @Test
  void streamsLeftInTheMiddle() throws IOException {
    scene.upstream.always(FakeUpstream.gated(gate, "text/event-stream"));
    for (int i = 0; i < BAD; i++) {
      try (var client = client()) {
        client.send(RawClient.post("/v1/messages", askStream("left " + i), KEY));
        gate.await(i + 1);
        gate.write(events("a").getFirst());
        client.readUntil("message_start");
        leave(client, i);
      }
    }
    Waiting.until(() -> scene.upstream.aborted() == BAD, "all given up upstream");
    goodOnesAreServed();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void requestsLeftBeforeTheFirstByte(boolean equal) throws IOException {
    scene.upstream.always(FakeUpstream.hang(gate));
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < BAD; i++) {
      String prompt = "nobody waits" + (equal ? "" : i);
      clients.add(client().send(RawClient.post("/v1/messages", ask(prompt), KEY)));
    }
    Waiting.until(() -> scene.relay.slots.taken() == BAD, "all under way");
    gate.await(equal ? 1 : POOL);
    assertEquals(equal ? 1 : POOL, scene.relay.inFlight.inUse());
    for (int i = 0; i < BAD; i++) {
      leave(clients.get(i), i);
      clients.get(i).close();
    }
    goodOnesAreServed();
  }

  @Test
  void upstreamsThatDoNotAnswerInTime() {
    scene.relay.reload(configured("timeout_ms: 400"));
    scene.upstream.always(FakeUpstream.hang(gate));
    List<CompletableFuture<HttpResponse<String>>> bad = new ArrayList<>();
    for (int i = 0; i < BAD; i++) {
      bad.add(scene.ask.postLater("/v1/messages", ask("slow " + i), "x-api-key", "k"));
    }
    bad.forEach(answer -> assertEquals(504, answer.join().statusCode()));
    goodOnesAreServed();
  }

  @Test
  void streamsThatStandStill() throws IOException {
    scene.relay.reload(configured("timeout_ms: 400"));
    scene.upstream.always(FakeUpstream.gated(gate, "text/event-stream"));
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < POOL; i++) {
      clients.add(client().send(RawClient.post("/v1/messages", askStream("still " + i), KEY)));
    }
    gate.await(POOL);
    gate.write(events("a").getFirst());
    for (var client : clients) {
      String seen = client.readToEnd();
      assertTrue(seen.contains("event: error\ndata: {\"type\":\"error\""), seen);
      client.close();
    }
    goodOnesAreServed();
  }

  @Test
  void requestsWhoseTargetCannotBeSent() throws IOException {
    for (String target : List.of("/v1/messages?a b", "/v1/files/\u0001", "/v1/files/a\u00ff")) {
      for (int i = 0; i < BAD; i++) {
        try (var client = client()) {
          client.send(RawClient.post(target, ask("odd"), KEY));
          assertEquals(400, client.answer().orElseThrow().status(), target);
        }
      }
    }
    goodOnesAreServed();
  }

  @Test
  void tooManyThatWaitAreToldToComeBack() {
    scene.close();
    scene = Scene.of("", setup -> setup.bounded(1, 2));
    scene.upstream.always(FakeUpstream.hang(gate));
    List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      waiting.add(scene.ask.postLater("/v1/messages", ask("w" + i), "x-api-key", "k"));
    }
    gate.await(1);
    Waiting.until(() -> scene.relay.slots.taken() == 3, "three under way");
    HttpResponse<String> refused =
        assertTimeout(
            Duration.ofSeconds(2),
            () -> scene.ask.post("/v1/messages", ask("one too many"), "x-api-key", "k"));
    assertEquals(503, refused.statusCode());
    assertEquals("true", field(refused, "x-should-retry"));
    assertEquals("1", field(refused, "retry-after"));
    assertTrue(refused.body().startsWith("{\"type\":\"error\",\"error\":{\"type\":"));
    scene.upstream.always(FakeUpstream.whole(200, message("at last")));
    gate.cut();
    waiting.forEach(CompletableFuture::join);
    goodOnesAreServed();
  }

  private void goodOnesAreServed() {
    scene.upstream.early(request -> false).always(FakeUpstream.whole(200, message("good")));
    for (int i = 0; i < 2 * POOL; i++) {
      String prompt = "good " + i;
      var answer =
          assertTimeout(
              Duration.ofSeconds(2),
              () -> scene.ask.post("/v1/messages", ask(prompt), "x-api-key", "k"));
      assertEquals(message("good"), answer.body());
    }
    scene.relay.awaitIdle();
  }

  private String configured(String server) {
    return io.ccrelay.testing.Relays.before(scene.upstream, "cache: {responses: {streaming: true}}")
        .replace("server: {", "server: {" + server + ", ");
  }

  private RawClient client() throws IOException {
    return new RawClient(scene.relay.port());
  }

  /** In good order or not, in turn. */
  private static void leave(RawClient client, int turn) throws IOException {
    if (turn % 2 == 0) {
      client.close();
    } else {
      client.reset();
    }
  }
}
