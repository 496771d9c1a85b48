package io.ccrelay.proxy;

import static io.ccrelay.testing.Ask.field;
import static io.ccrelay.testing.Ask.outcome;
import static io.ccrelay.testing.Chats.ask;
import static io.ccrelay.testing.Chats.askStream;
import static io.ccrelay.testing.Chats.event;
import static io.ccrelay.testing.Chats.events;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Bytes;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.RawClient;
import io.ccrelay.testing.Scene;
import io.ccrelay.testing.Streams;
import io.ccrelay.testing.Waiting;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams of events pass byte for byte and event by event, and replay as what they were. */
@DisplayName("A36: event streams through the whole relay")
class EventStreamTest {

  private static final AtomicInteger COUNT = new AtomicInteger();
  private static Scene scene;

  /** A stream as it is written: each piece a chunk of its own. */
  private record Flow(String name, List<Bytes> pieces, boolean stored) {

    byte[] bytes() {
      var all = Buffer.buffer();
      pieces.forEach(piece -> all.appendBytes(piece.toArray()));
      return all.getBytes();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void start() {
    scene = Scene.of("cache: {responses: {streaming: true}}");
  }

  @AfterAll
  static void stop() {
    scene.relay.awaitIdle();
    scene.close();
  }

  static Stream<Flow> flows() {
    String good = String.join("", events("a", "ü€😀", "c"));
    Bytes bytes = Bytes.utf8(good);
    return Stream.of(
        whole("LF", good),
        whole("CRLF", good.replace("\n", "\r\n")),
        whole("CRLF and LF by turns", good.replace("\n\n", "\r\n\n")),
        whole("a byte order mark", "\uFEFF" + good),
        whole("multi-line data", good.replace(",\"index\"", ",\ndata: \"index\"")),
        whole("comments", ": hi\n\n" + good.replace("event: content", ": c\nevent: content")),
        whole("ids and times to retry", good.replace("event: ", "id: 7\nretry: 9\nevent: ")),
        whole("no blank behind the colon", good.replace(": ", ":")),
        whole("pings", good.replace("event: content_block_d", PING + "event: content_block_d")),
        new Flow("byte by byte, UTF-8 split", Streams.bytewise(bytes), true),
        new Flow(
            "byte by byte, CRLF", Streams.bytewise(Bytes.utf8(good.replace("\n", "\r\n"))), true),
        new Flow("cut at odd places", Streams.cut(bytes, List.of(1, 7, 30, 200, 201, 555)), true),
        whole("an event of 1 MB", String.join("", events("x".repeat(1 << 20)))),
        passed("an error event", good.substring(0, 900) + ERROR),
        passed("nothing", ""));
  }

  private static final String PING = event("ping", "{\"type\": \"ping\"}");
  private static final String ERROR =
      "\n\n" + event("error", "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}");

  private static Flow whole(String name, String text) {
    return new Flow(name, List.of(Bytes.utf8(text)), true);
  }

  private static Flow passed(String name, String text) {
    return new Flow(name, text.isEmpty() ? List.of() : List.of(Bytes.utf8(text)), false);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("flows")
  void passByteForByte(Flow flow) throws IOException {
    scene.upstream.always(pieces(flow.pieces()));
    String prompt = "q" + COUNT.incrementAndGet();
    byte[] seen = new byte[0];
    try (InputStream body = open(prompt)) {
      seen = body.readAllBytes();
    } catch (IOException brokenOff) {
      assertTrue(!flow.stored(), "broken off");
      return;
    }
    assertArrayEquals(flow.bytes(), seen, new String(seen, StandardCharsets.UTF_8));
    scene.relay.awaitIdle();
    if (flow.stored()) {
      var hit = scene.ask.post("/v1/messages", askStream(prompt), "x-api-key", "k");
      assertEquals("hit", outcome(hit));
      assertEquals(read(new String(flow.bytes(), StandardCharsets.UTF_8)), read(hit.body()));
      var json = scene.ask.post("/v1/messages", ask(prompt), "x-api-key", "k");
      assertEquals("hit", outcome(json));
      assertTrue(json.body().contains("\"stop_reason\":\"end_turn\""), json.body());
    }
  }

  @ParameterizedTest(name = "after {0} events")
  @org.junit.jupiter.params.provider.ValueSource(ints = {1, 3, 7})
  void streamsWithoutTheirEndBreakOffAndAreNotStored(int count) throws IOException {
    List<String> events = events("a", "b", "c");
    String prompt = "q" + COUNT.incrementAndGet();
    String part = String.join("", events.subList(0, count));
    scene.upstream.always(FakeUpstream.events(List.of(part)));
    assertTrue(rawly(prompt).endsWith(brokenOff(part)));
    scene.upstream.always(FakeUpstream.cut("text/event-stream", part));
    assertTrue(rawly(prompt).endsWith(brokenOff(part)));
    scene.upstream.always(FakeUpstream.events(events));
    var next = scene.ask.post("/v1/messages", askStream(prompt), "x-api-key", "k");
    assertEquals("miss", outcome(next));
    assertEquals(String.join("", events), next.body());
  }

  /** What was sent, an event that says why there is no more, and no last chunk. */
  private static String brokenOff(String part) {
    String error =
        "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\","
            + "\"message\":\"upstream broke its answer off\"}}\n\n";
    return Integer.toHexString(part.length())
        + "\r\n"
        + part
        + "\r\n"
        + Integer.toHexString(error.length())
        + "\r\n"
        + error
        + "\r\n";
  }

  private static String rawly(String prompt) throws IOException {
    try (var client = new RawClient(scene.relay.port())) {
      client.send(RawClient.post("/v1/messages", askStream(prompt), "x-api-key: k"));
      return client.readToEnd();
    }
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.ValueSource(booleans = {true, false})
  void eachEventArrivesBeforeTheNextIsSent(boolean cached) throws IOException {
    var gate = FakeUpstream.gate();
    scene.upstream.always(FakeUpstream.gated(gate, "text/event-stream; charset=utf-8"));
    String control = cached ? "x-a: 1" : "cache-control: no-store, no-cache";
    try (var client = new RawClient(scene.relay.port())) {
      client.send(
          RawClient.post(
              "/v1/messages", askStream("q" + COUNT.incrementAndGet()), "x-api-key: k", control));
      gate.await(1);
      for (String event : events("a", "b", "c", "d", "e", "f")) {
        gate.write(event);
        client.readUntil(event);
      }
      gate.end();
      client.readUntil("\r\n0\r\n\r\n");
    }
  }

  @Test
  void aLengthOfTheUpstreamIsNoLengthOfTheRelay() {
    String all = String.join("", events("a"));
    scene.upstream.always(
        (seen, response) -> response.putHeader("content-type", "text/event-stream").end(all));
    var answer =
        scene.ask.post("/v1/messages", askStream("q" + COUNT.incrementAndGet()), "x-api-key", "k");
    assertEquals("", field(answer, "content-length"), "pings could not be put in");
    assertEquals(all, answer.body());
  }

  @Test
  void followersOfAStreamWithALengthGetOneFraming() throws IOException {
    var gate = FakeUpstream.gate();
    List<String> events = events("a");
    int length = String.join("", events).length();
    scene.upstream.always((seen, response) -> {
      response
          .putHeader("content-type", "text/event-stream")
          .putHeader("content-length", "" + length);
      FakeUpstream.hang(gate).give(seen, response);
    });
    String request =
        RawClient.post("/v1/messages", askStream("q" + COUNT.incrementAndGet()), "x-api-key: k");
    try (var leader = new RawClient(scene.relay.port());
        var follower = new RawClient(scene.relay.port())) {
      leader.send(request);
      gate.await(1);
      gate.write(events.getFirst());
      leader.readUntil("message_start");
      follower.send(request);
      String head = follower.readUntil("\r\n\r\n").toLowerCase(java.util.Locale.ROOT);
      assertTrue(head.contains("transfer-encoding: chunked"), head);
      assertTrue(!head.contains("content-length:"), head);
      gate.write(String.join("", events.subList(1, events.size())));
      gate.end();
      follower.readUntil("\r\n0\r\n\r\n");
    }
  }

  @Test
  void anOldClientGetsAStreamThatEndsWithItsConnection() throws IOException {
    String all = String.join("", events("a"));
    scene.upstream.always(FakeUpstream.events(List.of(all)));
    String body = askStream("q" + COUNT.incrementAndGet());
    try (var client = new RawClient(scene.relay.port())) {
      client.send(RawClient.post("/v1/messages", body, "x-api-key: k").replace("1.1", "1.0"));
      String answer = client.readToEnd();
      assertTrue(answer.endsWith("\r\n\r\n" + all), answer);
      assertTrue(!answer.toLowerCase(java.util.Locale.ROOT).contains("chunked"), answer);
    }
  }

  @Test
  @Tag("slow")
  void eachEventArrivesWithinFiftyMilliseconds() throws IOException {
    int count = 20;
    var written = new AtomicLongArray(count);
    var words = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      words.add("word" + i);
    }
    List<String> events = events(words.toArray(String[]::new));
    scene.upstream.always((seen, response) -> {
      response.putHeader("content-type", "text/event-stream").setChunked(true);
      response.write(events.get(0) + events.get(1));
      var next = new AtomicInteger();
      scene.vertx.setPeriodic(
          30,
          timer -> {
            int i = next.getAndIncrement();
            if (i < count) {
              written.set(i, System.nanoTime());
              response.write(events.get(2 + i));
            } else {
              scene.vertx.cancelTimer(timer);
              response.end(String.join("", events.subList(2 + count, events.size())));
            }
          });
    });
    for (int run = 0; run < 2; run++) {
      try (var client = new RawClient(scene.relay.port())) {
        client.send(
            RawClient.post(
                "/v1/messages", askStream("q" + COUNT.incrementAndGet()), "x-api-key: k"));
        for (int i = 0; i < count; i++) {
          client.readUntil("word" + i);
          long late = (System.nanoTime() - written.get(i)) / 1_000_000;
          assertTrue(run == 0 || late <= 50, "event " + i + " after " + late + " ms");
        }
        client.readUntil("\r\n0\r\n\r\n");
      }
      Waiting.until(() -> scene.relay.flights.size() == 0, "the first run only warms up");
    }
  }

  private static InputStream open(String prompt) {
    return scene.ask.open("/v1/messages", askStream(prompt), "x-api-key", "k").body();
  }

  private static FakeUpstream.Answer pieces(List<Bytes> pieces) {
    return (seen, response) -> {
      response.putHeader("content-type", "text/event-stream").setChunked(true);
      pieces.forEach(piece -> response.write(Buffer.buffer(piece.toArray())));
      response.end();
    };
  }

  /** Name and data of every event but pings, as the standard says how to read a stream. */
  private static List<String> read(String stream) {
    String plain = stream.replace("\uFEFF", "").replace("\r\n", "\n").replace('\r', '\n');
    return Arrays.stream(plain.split("\n\n"))
        .map(block -> lines(block, "event") + "|" + lines(block, "data"))
        .filter(event -> !event.equals("|") && !event.startsWith("ping|"))
        .toList();
  }

  private static String lines(String block, String name) {
    return block
        .lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).replaceFirst("^ ", ""))
        .collect(Collectors.joining("\n"));
  }
}
