package io.ccrelay.proxy;

import static io.ccrelay.testing.Ask.field;
import static io.ccrelay.testing.Chats.ask;
import static io.ccrelay.testing.Chats.message;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.RawClient;
import io.ccrelay.testing.Scene;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the relay cannot understand, the provider gets as it is and judges itself. */
@DisplayName("A26: odd request bodies are relayed, uncached, and never an error of the relay")
class OddBodiesTest {

  private static Scene scene;

  /** A body, and why it bypasses the cache; an empty reason if it does not. */
  private record Odd(String name, byte[] body, String detail, String type) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void start() {
    scene = Scene.of("");
    scene.upstream.always(FakeUpstream.whole(200, message("Hello")));
  }

  @AfterAll
  static void stop() {
    scene.relay.awaitIdle();
    scene.close();
  }

  static Stream<Odd> bodies() {
    return Stream.of(
        odd("no body", "", "empty-body"),
        odd("blanks", "  \n", "empty-body"),
        odd("text", "hello", "malformed"),
        odd("half an object", "{\"model\":\"m\"", "malformed"),
        odd("something behind it", ask("q") + "x", "malformed"),
        odd("an array", "[1]", "not-an-object"),
        odd("a number", "1", "not-an-object"),
        odd("depth 1001", nested(1001), "too-deep"),
        odd("depth 100 000", nested(100_000), "too-deep"),
        odd("duplicate members", "{\"model\":\"m\",\"\\u006dodel\":\"n\"}", "duplicate-key"),
        odd("a model that is none", "{\"model\":7}", "wrong-type"),
        odd("a flag that is none", "{\"model\":\"m\",\"stream\":\"yes\"}", "wrong-type"),
        odd("single quotes", "{'model':'m'}", "malformed"),
        odd("NaN", "{\"temperature\":NaN}", "malformed"),
        new Odd("invalid UTF-8", latin1("{\"model\":\"\u00ff\"}"), "malformed", JSON),
        new Odd("UTF-16", ask("q").getBytes(StandardCharsets.UTF_16), "malformed", JSON),
        new Odd("text on a JSON route", latin1("hello"), "malformed", "text/plain"),
        odd("a huge exponent", ask("q").replace("64", "1e999999999"), ""),
        odd("a number of 5000 digits", ask("q").replace("64", "9".repeat(5000)), ""),
        odd("a string of 20 MB", ask("x".repeat(20 << 20)), ""),
        odd("100 000 members", members(100_000), "too-complex"),
        odd("10 000 members", members(10_000), ""));
  }

  private static final String JSON = "application/json";

  private static Odd odd(String name, String body, String detail) {
    return new Odd(name, body.getBytes(StandardCharsets.UTF_8), detail, JSON);
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String nested(int depth) {
    return "{\"model\":\"m\",\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
  }

  private static String members(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"k" + i + "\":" + i)
        .collect(Collectors.joining(",", "{\"model\":\"m\",", "}"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodies")
  void isRelayedByteForByte(Odd odd) throws IOException {
    int calls = scene.upstream.calls();
    var first = send(odd);
    var second = send(odd);
    assertEquals(200, first.status());
    assertEquals(message("Hello"), first.body());
    assertEquals(FakeUpstream.sha256(odd.body()), scene.upstream.last().sha256());
    boolean cached = odd.detail().isEmpty();
    assertEquals(calls + (cached ? 1 : 2), scene.upstream.calls());
    assertEquals(
        cached ? "cc-relay; hit; ttl=300" : "cc-relay; fwd=bypass; detail=" + odd.detail(),
        second.fields().get("cache-status"));
  }

  private static RawClient.Answer send(Odd odd) throws IOException {
    var request = new ByteArrayOutputStream();
    request.writeBytes(
        latin1(
            "POST /v1/messages HTTP/1.1\r\nHost: r\r\nx-api-key: k\r\nContent-Type: "
                + odd.type()
                + "\r\nContent-Length: "
                + odd.body().length
                + "\r\n\r\n"));
    request.writeBytes(odd.body());
    try (var client = new RawClient(scene.relay.port())) {
      return client.send(request.toByteArray()).answer().orElseThrow();
    }
  }

  @Test
  void aCompressedBodyIsThatOfTheProvider() {
    var answer =
        scene.ask.post("/v1/messages", ask("zip"), "x-api-key", "k", "content-encoding", "gzip");
    assertEquals("cc-relay; fwd=bypass; detail=encoded-body", field(answer, "cache-status"));
    assertEquals("gzip", scene.upstream.last().fields().first("content-encoding").orElse(""));
  }
}
