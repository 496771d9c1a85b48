package io.ccrelay.proxy.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.RawClient;
import io.ccrelay.testing.RawServer;
import io.ccrelay.testing.Relays;
import io.ccrelay.testing.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 and 9112: what crosses the relay, byte for byte, beneath the cache and through it. */
class MessagesTest {

  private static final String FRESH = "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\n";

  private final RawServer origin = RawServer.following((exchange, count) -> exchange.close());
  private Relays relay;

  @BeforeEach
  void start() {
    relay =
        Relays.start(
            """
            server: {listen: "127.0.0.1:0"}
            apis:
              - name: web
                backend: "%s"
                http_cache: on
                timeouts: {between_bytes: 300ms}
            """
                .formatted(origin.origin()));
  }

  @AfterEach
  void stop() {
    relay.close();
    origin.close();
  }

  private static String get(String path, String... lines) {
    return "GET " + path + " HTTP/1.1\r\nHost: h\r\n" + String.join("", lines) + "\r\n";
  }

  private RawClient.Answer asked(String request) throws IOException {
    try (var client = new RawClient(relay.port())) {
      var answer = client.send(request).answer().orElseThrow();
      Waiting.until(() -> relay.flights.size() == 0, "the end of the flight");
      return answer;
    }
  }

  @Test
  void whatConcernsOneConnectionOfAClientGoesNoFurther() throws IOException {
    var seen = new StringBuffer();
    origin.follow((exchange, count) -> {
      seen.append(exchange.head());
      exchange.ok("x");
    });
    asked(
        get(
            "/a",
            "Connection: close, X-Hop\r\n",
            "X-Hop: 1\r\n",
            "Keep-Alive: 5\r\n",
            "Proxy-Connection: x\r\n",
            "TE: trailers\r\n",
            "Upgrade: h2c\r\n",
            "X-Odd: a\r\n",
            "Via: 1.0 before\r\n",
            "X-Odd: b\r\n"));
    String head = seen.toString().toLowerCase(Locale.ROOT);
    for (String name :
        new String[] {"x-hop:", "keep-alive:", "proxy-connection:", "te:", "upgrade:"}) {
      assertFalse(head.contains("\r\n" + name), name);
    }
    assertTrue(head.contains("x-odd: a\r\nvia: 1.0 before\r\nx-odd: b\r\n"), head);
    assertTrue(head.contains("via: 1.1 cc-relay\r\n"), head);
  }

  @Test
  void anUnknownTransferCodingIsReadToTheEndOfTheConnectionAndNotPassedOn() throws IOException {
    origin.follow(
        (exchange, count) -> exchange.write(FRESH + "Transfer-Encoding: odd\r\n\r\nraw").close());
    try (var client = new RawClient(relay.port())) {
      String answer = client.send(get("/a")).readUntil("0\r\n\r\n");
      assertTrue(answer.contains("3\r\nraw\r\n"), answer);
      assertFalse(answer.contains("odd"), answer);
    }
    asked(get("/a").replace("HTTP/1.1", "HTTP/1.0"));
    assertEquals(2, origin.requests());
  }

  @ParameterizedTest
  @ValueSource(strings = {"204 No Content", "304 Not Modified"})
  void whatHasNoContentHasNoneWhateverItsLengthSays(String status) throws IOException {
    origin.follow((exchange, count) ->
        exchange.write("HTTP/1.1 " + status + "\r\nContent-Length: 5\r\nETag: \"1\"\r\n\r\n"));
    try (var client = new RawClient(relay.port())) {
      String first = client.send(get("/a", "If-None-Match: \"1\"\r\n")).readUntil("\r\n\r\n");
      assertTrue(first.startsWith("HTTP/1.1 " + status.substring(0, 3)), first);
      String next = client.send(get("/b", "If-None-Match: \"1\"\r\n")).readUntil("\r\n\r\n");
      assertTrue(next.startsWith("HTTP/1.1 " + status.substring(0, 3)), next);
    }
  }

  @Test
  void trailersPassBehindTheContentAndNeverBecomeHeaders() throws IOException {
    origin.follow((exchange, count) ->
        exchange.write(
            FRESH
                + "Transfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n"
                + "2\r\nab\r\n0\r\nX-Sum: 7\r\nCache-Control: no-store\r\nAge: 99\r\n\r\n"));
    try (var client = new RawClient(relay.port())) {
      String answer = client.send(get("/a")).readUntil("\r\n\r\n");
      assertFalse(answer.contains("X-Sum: 7") || answer.contains("Age: 99"), answer);
      String content = client.readUntil("\r\n\r\n");
      assertTrue(content.startsWith("2\r\nab\r\n0\r\nX-Sum: 7\r\n"), content);
      Waiting.until(() -> relay.flights.size() == 0, "the end of the flight");
      var hit = client.send(get("/a")).answer().orElseThrow();
      assertEquals("ab", hit.body());
      assertFalse(hit.fields().containsKey("x-sum"));
      assertEquals("0", hit.fields().get("age"));
    }
    assertEquals(1, origin.requests());
  }

  @Test
  void aClientThatLeavesEarlyLeavesNoHalfBehind() throws IOException {
    origin.follow((exchange, count) -> {
      exchange.write(FRESH + "Content-Length: 8\r\n\r\nhalf");
      if (count == 0) {
        Waiting.until(() -> relay.connections.open() == 0, "the client to leave");
      }
      exchange.write("half");
    });
    try (var client = new RawClient(relay.port())) {
      client.send(get("/a")).readUntil("half");
    }
    Waiting.until(() -> relay.flights.size() == 0, "the end of the flight");
    assertEquals("halfhalf", asked(get("/a")).body());
  }

  @Test
  void anAnswerThatStandsStillIsGivenUpAndNotStored() throws IOException {
    origin.follow((exchange, count) -> exchange.write(FRESH + "Content-Length: 8\r\n\r\nhalf"));
    try (var client = new RawClient(relay.port())) {
      String all = client.send(get("/a")).readToEnd();
      assertTrue(all.endsWith("\r\n\r\nhalf"), all);
    }
    origin.follow((exchange, count) -> exchange.ok("whole"));
    assertEquals("whole", asked(get("/a")).body());
  }

  @Test
  void aRequestIsSentTwiceOnlyIfThatCountsOnce() throws IOException {
    origin.follow((exchange, count) -> exchange.ok("x"));
    asked(get("/warm"));
    origin.follow((exchange, count) -> exchange.close());
    assertEquals(502, asked("POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx").status());
    assertEquals(2, origin.requests());
  }

  @Test
  void theDateOfTheOriginIsNeverRewritten() throws IOException {
    origin.follow((exchange, count) ->
        exchange.write(
            FRESH + "Date: Wed, 31 Dec 2025 23:59:50 GMT\r\nContent-Length: 1\r\n\r\nx"));
    asked(get("/a"));
    var hit = asked(get("/a"));
    assertEquals("Wed, 31 Dec 2025 23:59:50 GMT", hit.fields().get("date"));
    assertEquals("10", hit.fields().get("age"));
  }

  @Test
  void a304MergesItsFieldsButNotThoseThatDescribeTheBytesKept() throws IOException {
    origin.follow((exchange, count) ->
        exchange.write(
            "HTTP/1.1 200 OK\r\nCache-Control: max-age=1\r\nETag: \"1\"\r\nContent-Type: a/b\r\n"
                + "X-Old: 1\r\nX-Two: old\r\nContent-Length: 4\r\n\r\nbody"));
    asked(get("/a"));
    relay.clock.advance(Duration.ofSeconds(2));
    origin.follow((exchange, count) ->
        exchange.write(
            "HTTP/1.1 304 Not Modified\r\nCache-Control: max-age=60\r\nETag: \"1\"\r\n"
                + "Content-Type: c/d\r\nContent-Encoding: gzip\r\nContent-Length: 99\r\n"
                + "Connection: X-Hop\r\nX-Hop: 1\r\nX-Two: new\r\nX-Two: newer\r\n\r\n"));
    for (int i = 0; i < 2; i++) {
      var answer = asked(get("/a"));
      assertEquals("body", answer.body());
      assertEquals("a/b", answer.fields().get("content-type"));
      assertEquals("1", answer.fields().get("x-old"));
      assertEquals("newer", answer.fields().get("x-two"));
      assertFalse(answer.fields().containsKey("content-encoding"));
      assertFalse(answer.fields().containsKey("x-hop"));
    }
    assertEquals(2, origin.requests());
  }

  @Test
  void aHeadThatContradictsWhatIsStoredHasItValidated() throws IOException {
    String get =
        "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nETag: \"1\"\r\nContent-Length: 1\r\n\r\n";
    origin.follow((exchange, count) -> exchange.write(get + "x"));
    asked(get("/a"));
    origin.follow((exchange, count) -> exchange.write(get.replace("\"1\"", "\"2\"")));
    try (var client = new RawClient(relay.port())) {
      client
          .send(get("/a", "Cache-Control: no-cache\r\n").replace("GET", "HEAD"))
          .readUntil("\r\n\r\n");
    }
    origin.follow((exchange, count) -> exchange.write(get.replace("\"1\"", "\"2\"") + "y"));
    Waiting.until(() -> relay.flights.size() == 0, "the end of the flight");
    assertEquals("y", asked(get("/a")).body());
  }

  @Test
  void aStaleAnswerMayBeAskedForByTheRequest() throws IOException {
    origin.follow((exchange, count) -> exchange.write(FRESH + "Content-Length: 1\r\n\r\nx"));
    asked(get("/a"));
    relay.clock.advance(Duration.ofSeconds(70));
    origin.follow(
        (exchange, count) -> exchange.write("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"));
    assertEquals(503, asked(get("/a")).status());
    assertEquals(200, asked(get("/a", "Cache-Control: stale-if-error=60\r\n")).status());
  }
}
