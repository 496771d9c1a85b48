package io.ccrelay.proxy;

import static io.ccrelay.testing.Ask.field;
import static io.ccrelay.testing.Ask.outcome;
import static io.ccrelay.testing.Chats.ask;
import static io.ccrelay.testing.Chats.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.ccrelay.testing.Ask;
import io.ccrelay.testing.RawClient;
import io.ccrelay.testing.RawServer;
import io.ccrelay.testing.Relays;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One byte below, at and above each limit, through a whole relay and with what comes after. */
@DisplayName("A08: limits hold to the byte, and no refusal is ever remembered")
class RelayLimitsTest {

  private static final int BODY = 20_000;
  private static final int ENTRY = 30_000;
  private static final String GOOD = message("Hello");

  private static RawServer upstream;
  private static Relays relay;
  private static Ask client;
  private int before;

  @BeforeAll
  static void start() {
    upstream = RawServer.following((exchange, count) -> exchange.ok(GOOD));
    relay =
        Relays.start(
            Relays.before(
                    upstream.origin(),
                    "apis:",
                    "  - {name: web, path: /, backend: \"%s\", http_cache: on}"
                        .formatted(upstream.origin()),
                    "cache: {responses: {max_entry_bytes: %d}}".formatted(ENTRY))
                .replace("server: {", "server: {max_body_bytes: " + BODY + ", "));
    client = new Ask(relay.origin());
  }

  @BeforeEach
  void nothingIsStoredYet() {
    relay.clock.advance(Duration.ofDays(8));
    upstream.follow((exchange, count) -> exchange.write(json(200, "", GOOD)));
    before = upstream.requests();
  }

  @AfterAll
  static void stop() {
    relay.awaitIdle();
    relay.close();
    upstream.close();
  }

  @ParameterizedTest
  @CsvSource({"8191, 200", "8192, 200", "8193, 414"})
  void theRequestLine(int bytes, int status) throws IOException {
    int fixed = "POST /v1/messages?x= HTTP/1.1".length();
    String target = "/v1/messages?x=" + "a".repeat(bytes - fixed);
    judge(status, RawClient.post(target, ask("q"), "x-api-key: k"));
  }

  @ParameterizedTest
  @CsvSource({"32767, 200", "32768, 200", "32769, 431"})
  void theFieldsOfARequest(int bytes, int status) throws IOException {
    String request = RawClient.post("/v1/messages", ask("q"), "x-api-key: k", "User-Agent: ");
    int head = request.indexOf("\r\n\r\n") - request.indexOf("\r\n") - 2;
    int ends = 2 * 4;
    String filled = "User-Agent: " + "a".repeat(bytes - (head - ends));
    judge(status, request.replace("User-Agent: ", filled));
  }

  @ParameterizedTest
  @CsvSource({"99, 200", "100, 200", "101, 431"})
  void theNumberOfFields(int fields, int status) throws IOException {
    var more = new String[fields - 3];
    Arrays.fill(more, "x-trace: a");
    more[0] = "x-api-key: k";
    judge(status, RawClient.post("/v1/messages", ask("q"), more));
  }

  @ParameterizedTest
  @CsvSource({"19999, 200", "20000, 200", "20001, 413"})
  void theBodyOfARequest(int bytes, int status) throws IOException {
    String body = ask("x".repeat(bytes - ask("").length()));
    judge(status, RawClient.post("/v1/messages", body, "x-api-key: k"));
  }

  @ParameterizedTest
  @CsvSource({"19999, 200", "20000, 200", "20001, 413"})
  void theBodyOfARequestWhoseLengthIsNotSaid(int bytes, int status) throws IOException {
    String body = ask("x".repeat(bytes - ask("").length()));
    judge(
        status,
        "POST /v1/messages HTTP/1.1\r\nHost: r\r\nContent-Type: application/json\r\n"
            + "x-api-key: k\r\nTransfer-Encoding: chunked\r\n\r\n"
            + Integer.toHexString(bytes)
            + "\r\n"
            + body
            + "\r\n0\r\n\r\n");
  }

  /**
   * What is refused reaches no upstream; the same with less is answered, and not with the error.
   */
  private void judge(int status, String request) throws IOException {
    try (var raw = new RawClient(relay.port())) {
      assertEquals(status, raw.send(request).answer().orElseThrow().status());
    }
    assertEquals(status == 200 ? 1 : 0, upstream.requests() - before);
    assertEquals(200, client.post("/v1/messages", ask("q"), "x-api-key", "k").statusCode());
  }

  @ParameterizedTest
  @CsvSource({"32767, 200", "32768, 200", "32769, 502"})
  void theFieldsOfAnAnswer(int bytes, int status) {
    int others =
        ("Content-Type: application/json" + "Content-Length: " + GOOD.length() + "X-Fill: ")
            .length();
    String fill = "X-Fill: " + "a".repeat(bytes - others) + "\r\n";
    upstream.follow((exchange, count) -> exchange.write(json(200, fill, GOOD)));
    for (String path : new String[] {"/v1/messages", "/v1/complete", "/api"}) {
      assertEquals(status, client.post(path, ask("q"), "x-api-key", "k").statusCode(), path);
    }
    upstream.follow((exchange, count) -> exchange.write(json(200, "", GOOD)));
    var next = client.post("/v1/messages", ask("q"), "x-api-key", "k");
    assertEquals(200, next.statusCode());
    assertEquals(status == 200 ? "hit" : "miss", outcome(next));
  }

  @ParameterizedTest
  @CsvSource({"8191, 200", "8192, 200", "8193, 502"})
  void theStatusLineOfAnAnswer(int bytes, int status) {
    String reason = "a".repeat(bytes - "HTTP/1.1 200 ".length());
    upstream.follow(
        (exchange, count) -> exchange.write(json(200, "", GOOD).replaceFirst("OK", reason)));
    assertEquals(status, client.post("/v1/messages", ask("q"), "x-api-key", "k").statusCode());
  }

  @ParameterizedTest
  @CsvSource({"29999, true", "30000, true", "30001, false"})
  void theBodyOfAnAnswer(int bytes, boolean kept) {
    String large = message("x".repeat(bytes - message("").length()));
    upstream.follow((exchange, count) -> exchange.write(json(200, "", large)));
    var first = client.post("/v1/messages", ask("q"), "x-api-key", "k");
    assertEquals(large, first.body());
    assertEquals(!kept, field(first, "cache-status").contains("too-large"));
    var second = client.post("/v1/messages", ask("q"), "x-api-key", "k");
    assertEquals(large, second.body());
    assertEquals(kept ? "hit" : "miss", outcome(second));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413, 414, 431, 500, 502, 503})
  void anUpstreamsComplaintAboutOneRequestIsNotServedToTheNext(int status) {
    String complaint = "{\"type\":\"error\",\"error\":{\"type\":\"x\",\"message\":\"no\"}}";
    upstream.follow((exchange, count) -> exchange.write(json(status, "", complaint)));
    var refused =
        client.post("/v1/messages", ask("q"), "x-api-key", "k", "user-agent", "a".repeat(20_000));
    assertEquals(status, refused.statusCode());
    assertEquals(complaint, refused.body());
    assertEquals(status, client.get("/api", "x-trace", "a".repeat(20_000)).statusCode());
    upstream.follow((exchange, count) -> exchange.write(json(200, "", GOOD)));
    var next = client.post("/v1/messages", ask("q"), "x-api-key", "k");
    assertEquals(200, next.statusCode());
    assertEquals("miss", outcome(next));
    assertEquals(200, client.get("/api").statusCode());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10_000, 29_000})
  void anAnswerThatBreaksOffIsNotRemembered(int sent) {
    String large = message("x".repeat(29_500));
    upstream.follow(
        (exchange, count) -> exchange.write(json(200, "", large).substring(0, 80 + sent)).reset());
    assertEquals(502, client.post("/v1/messages", ask("q"), "x-api-key", "k").statusCode());
    upstream.follow((exchange, count) -> exchange.write(json(200, "", GOOD)));
    var next = client.post("/v1/messages", ask("q"), "x-api-key", "k");
    assertEquals("miss", outcome(next));
    assertFalse(next.body().contains("xxx"));
  }

  private static String json(int status, String fields, String body) {
    return "HTTP/1.1 "
        + status
        + " OK\r\nContent-Type: application/json\r\n"
        + fields
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }
}
