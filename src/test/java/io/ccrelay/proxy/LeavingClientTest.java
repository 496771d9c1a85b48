package io.ccrelay.proxy;

import static io.ccrelay.testing.Ask.outcome;
import static io.ccrelay.testing.Chats.ask;
import static io.ccrelay.testing.Chats.askStream;
import static io.ccrelay.testing.Chats.events;
import static io.ccrelay.testing.Chats.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.RawClient;
import io.ccrelay.testing.RawH2Client;
import io.ccrelay.testing.Scene;
import io.ccrelay.testing.ScriptedStore;
import io.ccrelay.testing.Waiting;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A client may leave at any point, over either protocol: nothing is left of it. */
@DisplayName("A37: a client leaves between its request and the last byte")
class LeavingClientTest {

  private static final String KEY = "x-api-key: k";
  private static final int POINTS = 20;

  private final FakeUpstream.Gate gate = FakeUpstream.gate();
  private ScriptedStore store;
  private Scene scene;

  @BeforeEach
  void start() {
    scene =
        Scene.of(
            "cache: {responses: {streaming: true}, deadline: 5s}",
            setup ->
                setup.around(real -> {
                  store = new ScriptedStore(real);
                  return store;
                }));
  }

  @AfterEach
  void stop() {
    scene.relay.awaitIdle();
    scene.upstream.always(FakeUpstream.whole(200, message("good")));
    assertEquals(
        message("good"), scene.ask.post("/v1/messages", ask("next"), "x-api-key", "k").body());
    scene.close();
  }

  @Test
  void whileItSends() throws IOException {
    String request = RawClient.post("/v1/messages", ask("q"), KEY);
    for (int i = 1; i <= POINTS; i++) {
      try (var client = client()) {
        client.send(request.substring(0, request.length() * i / (POINTS + 1)));
        leave(client, i);
      }
    }
    assertEquals(0, scene.upstream.calls());
  }

  @Test
  void whileTheCacheIsAsked() throws IOException {
    Promise<Void> held = Promise.promise();
    store.holdUntil(held.future());
    scene.upstream.always(FakeUpstream.hang(gate));
    for (int i = 0; i < POINTS; i++) {
      int asked = store.asked.get();
      try (var client = client()) {
        client.send(RawClient.post("/v1/messages", ask("q" + i), KEY));
        Waiting.until(() -> store.asked.get() > asked, "the look-up");
        leave(client, i);
      }
    }
    Waiting.until(() -> scene.relay.connections.open() == 0, "all seen leaving");
    held.complete();
    scene.relay.awaitIdle();
  }

  @Test
  void whileTheUpstreamThinks() throws IOException {
    scene.upstream.always(FakeUpstream.hang(gate));
    for (int i = 0; i < POINTS; i++) {
      try (var client = client()) {
        client.send(RawClient.post("/v1/messages", ask("q" + i), KEY));
        gate.await(i + 1);
        leave(client, i);
      }
    }
    Waiting.until(() -> scene.upstream.aborted() == POINTS, "all given up upstream");
  }

  @Test
  void betweenTheEventsOfAStream() throws IOException {
    scene.upstream.always(FakeUpstream.gated(gate, "text/event-stream"));
    List<String> events = events("a", "b", "c", "d", "e");
    for (int i = 0; i < POINTS; i++) {
      int seen = i % events.size();
      try (var client = client()) {
        client.send(RawClient.post("/v1/messages", askStream("q" + i), KEY));
        gate.await(1);
        for (int e = 0; e <= seen; e++) {
          gate.write(events.get(e));
          client.readUntil(events.get(e).substring(events.get(e).indexOf("data: ")));
        }
        leave(client, i);
      }
      int left = i + 1;
      Waiting.until(() -> scene.upstream.aborted() == left, "given up upstream");
      gate.end();
    }
  }

  @Test
  void inTheMiddleOfALargeHit() throws IOException {
    String large = message("x".repeat(4 << 20));
    scene.upstream.always(FakeUpstream.whole(200, large));
    scene.ask.post("/v1/messages", ask("q"), "x-api-key", "k");
    for (int i = 0; i < POINTS; i++) {
      try (var client = client()) {
        client.send(RawClient.post("/v1/messages", i % 2 == 0 ? ask("q") : askStream("q"), KEY));
        client.skip(1000 + i * 200_000);
        leave(client, i);
      }
    }
    scene.relay.awaitIdle();
    var hit = scene.ask.post("/v1/messages", ask("q"), "x-api-key", "k");
    assertEquals("hit", outcome(hit));
    assertEquals(large, hit.body());
  }

  @Test
  void asALeaderAndAsAFollower() throws IOException {
    scene.upstream.always(FakeUpstream.gated(gate, "text/event-stream"));
    List<String> events = events("a", "b");
    for (int i = 0; i < POINTS; i++) {
      try (var leader = client();
          var follower = client()) {
        leader.send(RawClient.post("/v1/messages", askStream("q" + i), KEY));
        gate.await(1);
        gate.write(events.getFirst());
        leader.readUntil("message_start");
        follower.send(RawClient.post("/v1/messages", askStream("q" + i), KEY));
        follower.readUntil("message_start");
        leave(i % 3 == 0 ? leader : follower, i);
        leave(i % 3 == 0 ? follower : leader, i + 1);
      }
      int left = i + 1;
      Waiting.until(() -> scene.upstream.aborted() == left, "given up upstream");
      gate.end();
    }
  }

  @Test
  void overHttp2AtEveryPoint() throws Exception {
    scene.close();
    scene = Scene.of("cache: {responses: {streaming: true}}", LeavingClientTest::http2);
    scene.upstream.always(FakeUpstream.gated(gate, "text/event-stream"));
    byte[] body = askStream("q").getBytes(StandardCharsets.UTF_8);
    int stream = 1;
    try (var client = new RawH2Client(scene.relay.port())) {
      client.frame(8, 0, 0, "7fff0000"); // the streams' windows alone shall hold answers back
      for (int i = 0; i < POINTS; i++, stream += 2) {
        int begun = scene.upstream.calls();
        post(client, stream, i < 5 ? Arrays.copyOf(body, 20 + i) : body, i >= 5);
        if (i >= 5) {
          Waiting.until(() -> scene.upstream.calls() > begun, "asked");
        }
        if (i >= 10) {
          gate.await(1);
          gate.write(events("a").getFirst());
          assertInstanceOf(RawH2Client.Outcome.Answered.class, client.outcome(stream));
        }
        client.frame(3, 0, stream, "00000008");
        scene.relay.awaitIdle();
        gate.end();
      }
      scene.upstream.always(FakeUpstream.whole(200, message("x".repeat(1 << 20))));
      post(client, stream, ask("large").getBytes(StandardCharsets.UTF_8), true);
      assertEquals(new RawH2Client.Outcome.Answered(200), client.outcome(stream));
      stream += 2;
      for (int i = 0; i < POINTS; i++, stream += 2) {
        post(client, stream, ask("large").getBytes(StandardCharsets.UTF_8), true);
        assertEquals(new RawH2Client.Outcome.Answered(200), client.outcome(stream));
        client.frame(3, 0, stream, "00000008");
      }
    }
    try (var client = new RawH2Client(scene.relay.port())) {
      post(client, 1, ask("large").getBytes(StandardCharsets.UTF_8), true);
      assertEquals(new RawH2Client.Outcome.Answered(200), client.outcome(1));
    }
  }

  private static io.ccrelay.testing.Relays.Setup http2(io.ccrelay.testing.Relays.Setup setup) {
    return io.ccrelay.testing.Relays.Setup.of(
        setup.yaml().replace("server: {", "server: {enable_http2: true, "));
  }

  private static void post(RawH2Client client, int stream, byte[] body, boolean end)
      throws IOException {
    client.request(stream, false, "POST", "/v1/messages", "x-api-key", "k");
    client.data(stream, end, body);
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
