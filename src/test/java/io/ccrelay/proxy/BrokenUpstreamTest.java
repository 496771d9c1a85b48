package io.ccrelay.proxy;

import static io.ccrelay.testing.Ask.field;
import static io.ccrelay.testing.Ask.outcome;
import static io.ccrelay.testing.Chats.ask;
import static io.ccrelay.testing.Chats.askStream;
import static io.ccrelay.testing.Chats.events;
import static io.ccrelay.testing.Chats.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.Ask;
import io.ccrelay.testing.RawServer;
import io.ccrelay.testing.Relays;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an upstream that breaks the protocol means to a client of the relay: a clean error or a
 * stream that visibly breaks off, nothing stored, and no harm to whoever comes next.
 */
@DisplayName("A05: broken upstream answers through the whole relay")
class BrokenUpstreamTest {

  private static final String LONG = "x".repeat(40 << 10);

  private static RawServer upstream;
  private static Relays relay;
  private static Ask client;

  /** What the client sees. */
  private enum Seen {
    /** A 502 in the caller's format. */
    BAD_GATEWAY,
    /** An answer that begins and does not end properly; a 502 if it had not begun. */
    BREAKS_OFF,
    /** The answer, which is nevertheless not stored. */
    PASSES
  }

  /** What is asked for; each has an answer of its own kind. */
  private enum Wanted {
    JSON("application/json", message("abc")),
    STREAM("text/event-stream", String.join("", events("a", "b", "c"))),
    FILE("application/octet-stream", "abcdefghij");

    private final String type;
    private final String content;

    Wanted(String type, String content) {
      this.type = type;
      this.content = content;
    }
  }

  private record Anomaly(String name, Seen seen, Script script) {
    @Override
    public String toString() {
      return name;
    }
  }

  @FunctionalInterface
  private interface Script {
    void answer(RawServer.Exchange exchange, Wanted wanted) throws IOException;
  }

  @BeforeAll
  static void start() {
    upstream = RawServer.following((exchange, count) -> exchange.ok(""));
    relay =
        Relays.start(
            Relays.Setup.of(
                    Relays.before(upstream.origin(), "cache: {responses: {streaming: true}}"))
                .bounded(2, 100));
    client = new Ask(relay.origin());
  }

  @AfterAll
  static void stop() {
    relay.close();
    upstream.close();
  }

  static Stream<Arguments> anomalies() {
    return Stream.of(
            anomaly(
                "length too short, close",
                Seen.BREAKS_OFF,
                (e, w) -> e.write(head(w, "Content-Length: 9000") + w.content).close()),
            anomaly(
                "length too short, reset",
                Seen.BREAKS_OFF,
                (e, w) -> e.write(head(w, "Content-Length: 9000") + w.content).reset()),
            anomaly(
                "chunked without last chunk",
                Seen.BREAKS_OFF,
                (e, w) -> e.write(head(w, CHUNKED) + chunk(w.content)).close()),
            anomaly(
                "bad chunk size",
                Seen.BREAKS_OFF,
                (e, w) -> e.write(head(w, CHUNKED) + chunk(w.content) + "zz\r\nabc\r\n0\r\n\r\n")),
            anomaly(
                "length and chunked",
                Seen.BAD_GATEWAY,
                (e, w) -> e.write(head(w, length(w), CHUNKED) + chunk(w.content) + "0\r\n\r\n")),
            anomaly(
                "two lengths",
                Seen.BAD_GATEWAY,
                (e, w) -> e.write(head(w, length(w), "Content-Length: 4") + w.content)),
            anomaly(
                "negative length",
                Seen.BAD_GATEWAY,
                (e, w) -> e.write(head(w, "Content-Length: -3") + w.content)),
            anomaly(
                "NUL in a field",
                Seen.BAD_GATEWAY,
                (e, w) -> e.write(head(w, "X-A: a\0b", length(w)) + w.content)),
            anomaly(
                "bare LF",
                Seen.BAD_GATEWAY,
                (e, w) -> e.write(head(w, "X-A: a", length(w)).replace("\r\n", "\n") + w.content)),
            anomaly(
                "header too large",
                Seen.BAD_GATEWAY,
                (e, w) -> e.write(head(w, "X-A: " + LONG, length(w)) + w.content)),
            anomaly("no HTTP", Seen.BAD_GATEWAY, (e, w) -> e.write("SSH-2.0-OpenSSH_9\r\n\r\n")),
            anomaly("closed without answer", Seen.BAD_GATEWAY, (e, w) -> e.close()),
            anomaly("reset without answer", Seen.BAD_GATEWAY, (e, w) -> e.reset()),
            anomaly(
                "status 099",
                Seen.BAD_GATEWAY,
                (e, w) -> e.write(head(w, length(w)).replace("200 OK", "099 Odd") + w.content)),
            anomaly(
                "101 not asked for",
                Seen.BAD_GATEWAY,
                (e, w) ->
                    e.write(
                        "HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"
                            + w.content)),
            anomaly(
                "status 999",
                Seen.PASSES,
                (e, w) -> e.write(head(w, length(w)).replace("200 OK", "999 Odd") + w.content)),
            anomaly(
                "204 with content",
                Seen.PASSES,
                (e, w) ->
                    e.write(head(w, length(w)).replace("200 OK", "204 No Content") + w.content)),
            anomaly(
                "304 with content",
                Seen.PASSES,
                (e, w) ->
                    e.write(head(w, length(w)).replace("200 OK", "304 Not Modified") + w.content)),
            anomaly(
                "ended by close only", Seen.PASSES, (e, w) -> e.write(head(w) + w.content).close()),
            anomaly(
                "unknown transfer coding",
                Seen.PASSES,
                (e, w) -> e.write(head(w, "Transfer-Encoding: gzip") + w.content).close()))
        .flatMap(anomaly -> Arrays.stream(Wanted.values()).map(w -> Arguments.of(w, anomaly)));
  }

  private static final String CHUNKED = "Transfer-Encoding: chunked";

  private static Anomaly anomaly(String name, Seen seen, Script script) {
    return new Anomaly(name, seen, script);
  }

  private static String length(Wanted wanted) {
    return "Content-Length: " + wanted.content.length();
  }

  private static String chunk(String content) {
    return Integer.toHexString(content.length()) + "\r\n" + content + "\r\n";
  }

  private static String head(Wanted wanted, String... lines) {
    return "HTTP/1.1 200 OK\r\nContent-Type: "
        + wanted.type
        + "\r\n"
        + String.join("\r\n", lines)
        + (lines.length == 0 ? "" : "\r\n")
        + "\r\n";
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("anomalies")
  void isAnErrorThatHarmsNobodyElse(Wanted wanted, Anomaly anomaly) {
    upstream.follow((exchange, count) -> anomaly.script().answer(exchange, wanted));
    String prompt = anomaly.name() + wanted;
    switch (anomaly.seen()) {
      case BAD_GATEWAY -> assertBadGateway(send(wanted, prompt));
      case BREAKS_OFF -> assertBreaksOff(wanted, prompt);
      case PASSES -> send(wanted, prompt);
    }
    upstream.follow(BrokenUpstreamTest::good);
    assertEquals(wanted == Wanted.FILE ? "bypass" : "miss", outcome(send(wanted, prompt)));
    for (int i = 0; i < 10; i++) {
      var next = send(Wanted.JSON, prompt + i);
      assertEquals(200, next.statusCode());
      assertTrue(next.body().contains(prompt + i), next.body());
    }
    relay.awaitIdle();
  }

  /** Answers with what was asked for; a message repeats the prompt. */
  private static void good(RawServer.Exchange exchange, int count) throws IOException {
    String body = new String(exchange.body(), StandardCharsets.UTF_8);
    Wanted wanted =
        body.isEmpty() ? Wanted.FILE : body.contains("\"stream\"") ? Wanted.STREAM : Wanted.JSON;
    String content =
        wanted == Wanted.JSON
            ? message(body.replaceAll(".*\"content\":\"([^\"]*)\".*", "$1"))
            : wanted.content;
    exchange.write(head(wanted, "Content-Length: " + content.length()) + content);
  }

  private static HttpResponse<String> send(Wanted wanted, String prompt) {
    return switch (wanted) {
      case JSON -> client.post("/v1/messages", ask(prompt), "x-api-key", "k");
      case STREAM -> client.post("/v1/messages", askStream(prompt), "x-api-key", "k");
      case FILE -> client.get("/v1/files/f1/content", "x-api-key", "k");
    };
  }

  private static void assertBadGateway(HttpResponse<String> answer) {
    assertEquals(502, answer.statusCode());
    assertEquals("application/json", field(answer, "content-type"));
    boolean messages = answer.uri().getPath().equals("/v1/messages");
    String body = answer.body();
    assertTrue(
        body.startsWith(
            messages
                ? "{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":"
                : "{\"error\":{\"message\":"),
        body);
  }

  private static void assertBreaksOff(Wanted wanted, String prompt) {
    if (wanted == Wanted.JSON) {
      assertBadGateway(send(wanted, prompt));
      return;
    }
    var failure = assertThrows(AssertionError.class, () -> send(wanted, prompt));
    assertTrue(failure.getCause() instanceof IOException, String.valueOf(failure.getCause()));
  }
}
