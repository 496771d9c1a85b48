package io.ccrelay.proxy;

import static io.ccrelay.testing.Ask.outcome;
import static io.ccrelay.testing.Chats.askStream;
import static io.ccrelay.testing.Chats.events;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.cache.Bytes;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.RawClient;
import io.ccrelay.testing.Scene;
import io.ccrelay.testing.Streams;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * A stream that says nothing for a while gets signs of life, between two events only. That none
 * come where they must not is shown beside a stream that gets three meanwhile.
 */
@DisplayName("A36: pings in silent streams")
class SilentStreamTest {

  private static final String PING = "event: ping\ndata: {\"type\": \"ping\"}\n\n";
  private static final List<String> EVENTS = events("a", "b");

  private final FakeUpstream.Gate silent = FakeUpstream.gate();
  private final FakeUpstream.Gate other = FakeUpstream.gate();
  private Scene scene;
  private RawClient beside;

  @BeforeEach
  void start() throws IOException {
    scene =
        Scene.of("cache: {responses: {streaming: true}}", s -> s.silent(Duration.ofMillis(100)));
    scene.upstream.next(FakeUpstream.gated(silent, "text/event-stream"));
    beside = new RawClient(scene.relay.port());
    beside.send(RawClient.post("/v1/messages", askStream("silent"), "x-api-key: k"));
    silent.await(1);
    silent.write(EVENTS.getFirst());
    beside.readUntil("message_start");
  }

  @AfterEach
  void stop() throws IOException {
    beside.close();
    scene.relay.awaitIdle();
    scene.close();
  }

  @Test
  void comeBetweenEventsAndAreNeverStored() throws IOException {
    threePingsElsewhere();
    silent.write(String.join("", EVENTS.subList(1, EVENTS.size())));
    silent.end();
    beside.readUntil("\r\n0\r\n\r\n");
    var hit = scene.ask.post("/v1/messages", askStream("silent"), "x-api-key", "k");
    assertEquals("hit", outcome(hit));
    assertEquals(String.join("", EVENTS), hit.body());
  }

  @Test
  void neverComeWithinAnEvent() throws IOException {
    String second = EVENTS.get(1);
    var body =
        opened(
            "/v1/messages", "text/event-stream", "", EVENTS.getFirst() + second.substring(0, 40));
    threePingsElsewhere();
    other.write(second.substring(40, second.length() - 1));
    threePingsElsewhere();
    other.write("\n" + String.join("", EVENTS.subList(2, EVENTS.size())));
    other.end();
    assertEquals(String.join("", EVENTS), text(body.join().body().readAllBytes()));
  }

  @Test
  void areCommentsBeforeTheFirstEvent() throws IOException {
    var body = opened("/v1/messages", "text/event-stream", "", "");
    threePingsElsewhere();
    other.write(String.join("", EVENTS));
    other.end();
    String all = text(body.join().body().readAllBytes());
    assertEquals(": ping\n\n", all.substring(0, 8));
    assertEquals(String.join("", EVENTS), all.replace(": ping\n\n", ""));
  }

  @Test
  void areCommentsForReadersOfTheOtherDialect() throws IOException {
    String chat = Streams.read("openai-chat").toUtf8();
    int first = chat.indexOf("\n\n") + 2;
    var body = opened("/v1/chat/completions", "text/event-stream", "", chat.substring(0, first));
    threePingsElsewhere();
    other.write(chat.substring(first));
    other.end();
    String all = text(body.join().body().readAllBytes());
    assertEquals(chat.substring(0, first) + ": ping\n\n", all.substring(0, first + 8));
    assertEquals(chat, all.replace(": ping\n\n", ""));
  }

  @Test
  void neverComeIntoACompressedStream() throws IOException {
    byte[] compressed = {31, -117, 8, 0, 1, 2, 10, 10};
    var body = opened("/v1/messages", "text/event-stream", "gzip", "");
    threePingsElsewhere();
    other.write(text(compressed));
    threePingsElsewhere();
    other.end();
    assertArrayEquals(
        text(compressed).getBytes(StandardCharsets.UTF_8), body.join().body().readAllBytes());
  }

  @Test
  void neverComeIntoWhatIsNoStream() throws IOException {
    String json = "{\"a\":\n\n" + " ".repeat(9 << 20) + "1}";
    var body = opened("/v1/messages", "application/json", "", json.substring(0, json.length() - 2));
    threePingsElsewhere();
    other.write("1}");
    other.end();
    assertEquals(json, text(body.join().body().readAllBytes()));
  }

  @Test
  void reachFollowersToo() throws IOException {
    try (var follower = new RawClient(scene.relay.port())) {
      follower.send(RawClient.post("/v1/messages", askStream("silent"), "x-api-key: k"));
      follower.readUntil("message_start");
      follower.readUntil(PING);
    }
  }

  /** A second stream, whose upstream has sent {@code begin}. */
  private CompletableFuture<HttpResponse<InputStream>> opened(
      String path, String type, String coding, String begin) {
    scene.upstream.always((seen, response) -> {
      if (!coding.isEmpty()) {
        response.putHeader("content-encoding", coding);
      }
      begin(type, response, begin);
      FakeUpstream.hang(other).give(seen, response);
    });
    var body = scene.ask.openLater(path, askStream("other"), "x-api-key", "k");
    other.await(1);
    return body;
  }

  private static void begin(String type, HttpServerResponse response, String begin) {
    response.putHeader("content-type", type).setChunked(true);
    if (begin.isEmpty()) {
      response.writeHead();
    } else {
      response.write(begin);
    }
  }

  private void threePingsElsewhere() throws IOException {
    for (int i = 0; i < 3; i++) {
      beside.readUntil(PING);
    }
  }

  private static String text(byte[] bytes) {
    return Bytes.owned(bytes).toUtf8();
  }
}
