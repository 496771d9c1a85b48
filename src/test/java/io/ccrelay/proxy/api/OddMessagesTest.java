package io.ccrelay.proxy.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.RawClient;
import io.ccrelay.testing.RawServer;
import io.ccrelay.testing.Relays;
import io.ccrelay.testing.Waiting;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 and 9112: lawful messages that are seldom seen, through the cache and past it. */
class OddMessagesTest {

  private static final String FRESH = "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\n";

  private final StringBuffer seen = new StringBuffer();
  private final RawServer origin = RawServer.following((exchange, count) -> exchange.close());
  private Relays relay;

  @BeforeEach
  void start() {
    relay =
        Relays.start(
            """
            server: {listen: "127.0.0.1:0"}
            apis: [{name: web, backend: "%s", http_cache: on}]
            """
                .formatted(origin.origin()));
  }

  @AfterEach
  void stop() {
    relay.close();
    origin.close();
  }

  private void answers(String answer) {
    origin.follow((exchange, count) -> {
      seen.append(exchange.head());
      exchange.write(answer);
    });
  }

  /** The head of the answer and whatever follows up to {@code end}. */
  private String asked(String method, String end, String... lines) throws IOException {
    try (var client = new RawClient(relay.port())) {
      String request = method + " /a HTTP/1.1\r\nHost: h\r\n" + String.join("", lines) + "\r\n";
      String answer = client.send(request).readUntil(end);
      Waiting.until(() -> relay.flights.size() == 0, "the end of the flight");
      return answer;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "OPTIONS"})
  void viaIsAppendedInBothDirections(String method) throws IOException {
    answers(FRESH + "Via: 1.0 inner\r\nContent-Length: 1\r\n\r\nx");
    for (int i = 0; i < 2; i++) {
      String answer = asked(method, "\r\n\r\nx", "Via: 1.0 outer\r\n");
      assertTrue(answer.contains("\r\nVia: 1.0 inner\r\n"), answer);
      assertTrue(answer.indexOf("\r\nVia: 1.1 cc-relay\r\n") > answer.indexOf("inner"), answer);
    }
    assertTrue(seen.indexOf("\r\nVia: 1.1 cc-relay\r\n") > seen.indexOf("1.0 outer"), "" + seen);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "OPTIONS"})
  void whatConnectionNamesGoesFromTrailersToo(String method) throws IOException {
    answers(
        FRESH
            + "Connection: X-Hop\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "1\r\nx\r\n0\r\nX-Hop: 1\r\nX-Sum: 7\r\nKeep-Alive: 5\r\n\r\n");
    assertTrue(asked(method, "\r\n0\r\nX-Sum: 7\r\n\r\n").startsWith("HTTP/1.1 200 "));
  }

  @Test
  void rareAnswersArriveAsTheyAre() throws IOException {
    answers(
        "HTTP/1.1 599 Odd\r\nCache-Control: max-age=60\r\nETag: \"caf\u00e9\"\r\nUpgrade: foo\r\n"
            + "X-Empty:\r\nX-Twice: 1\r\nX-Twice:\r\nX-Twice: 1\r\nContent-Length: 1\r\n\r\nx");
    for (int i = 0; i < 2; i++) {
      String answer = asked("GET", "\r\n\r\nx");
      assertTrue(answer.startsWith("HTTP/1.1 599 "), answer);
      assertTrue(answer.contains("\r\nETag: \"caf\u00e9\"\r\n"), answer);
      assertTrue(
          answer
              .replace(": \r\n", ":\r\n")
              .contains("X-Empty:\r\nX-Twice: 1\r\nX-Twice:\r\nX-Twice: 1\r\n"),
          answer);
      assertFalse(answer.contains("Upgrade"), answer);
    }
    assertEquals(1, origin.requests());
    String same = asked("GET", "\r\n\r\n", "If-None-Match: \"caf\u00e9\"\r\n");
    assertTrue(same.startsWith("HTTP/1.1 "), same);
    assertEquals(1, origin.requests());
  }

  /** RFC 9112 section 5.1. */
  @Test
  void aBlankBeforeAColonIsRemoved() throws IOException {
    answers(FRESH + "X-A : 1\r\nContent-Length : 1\r\n\r\nx");
    String answer = asked("GET", "\r\n\r\nx");
    assertTrue(answer.contains("\r\nX-A: 1\r\nContent-Length: 1\r\n"), answer);
  }

  @Test
  void aStreamOfEventsIsPassedOnAndNotStored() throws IOException {
    answers(FRESH + "Content-Type: text/event-stream\r\nContent-Length: 1\r\n\r\nx");
    asked("GET", "\r\n\r\nx");
    assertTrue(asked("GET", "\r\n\r\nx").contains("detail=event-stream"));
    assertEquals(2, origin.requests());
  }

  @Test
  void nothingIsStoredBeforeItsLastByteAndItsTrailers() throws Exception {
    var backend = new ExpectedBackend();
    relay.reload(
        """
        server: {listen: "127.0.0.1:0"}
        apis: [{name: web, backend: "%s", http_cache: on}]
        """
            .formatted(backend.origin()));
    try (backend;
        var client = new RawClient(relay.port())) {
      client.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n");
      backend.readHead();
      backend.write(FRESH + "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nX-Sum: 7\r\n");
      client.readUntil("1\r\nx\r\n");
      String only = "Cache-Control: only-if-cached\r\n";
      try (var other = new RawClient(relay.port())) {
        String request = "GET /a HTTP/1.1\r\nHost: h\r\n" + only + "\r\n";
        assertEquals(504, other.send(request).answer().orElseThrow().status());
      }
      backend.write("\r\n");
      client.readUntil("X-Sum: 7\r\n\r\n");
      Waiting.until(() -> relay.flights.size() == 0, "the end of the flight");
      assertTrue(asked("GET", "\r\n\r\nx", only).startsWith("HTTP/1.1 200 "));
    }
  }
}
