package io.ccrelay.proxy.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.RawClient;
import io.ccrelay.testing.RawServer;
import io.ccrelay.testing.Relays;
import io.ccrelay.testing.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RFC 9110 section 15.6 and RFC 5861: what clients get when backends fail. */
@DisplayName("A35: failing backends")
class FailingBackendTest {

  private static final String PATIENT = "connect: 3s, first_byte: 8s, between_bytes: 8s";
  private static final String IMPATIENT = "connect: 300ms, first_byte: 300ms, between_bytes: 300ms";
  private static final String FRESH = "HTTP/1.1 200 OK\r\nCache-Control: max-age=10";

  private final RawServer origin = RawServer.following((exchange, count) -> exchange.ok("x"));
  private Relays relay;

  @BeforeEach
  void start() {
    relay = Relays.start(yaml("'" + origin.origin() + "'", PATIENT));
  }

  /** From here on a backend that is slow has failed. */
  private void isImpatient() {
    relay.reload(yaml("'" + origin.origin() + "'", IMPATIENT));
  }

  @AfterEach
  void stop() {
    relay.close();
    origin.close();
  }

  private static String yaml(String backends, String timeouts) {
    return """
    server: {listen: "127.0.0.1:0"}
    apis:
      - name: web
        backend: [%s]
        http_cache: on
        timeouts: {%s}
    """
        .formatted(backends, timeouts);
  }

  private RawClient.Answer asked(String path) throws IOException {
    return asked("GET", path);
  }

  private RawClient.Answer asked(String method, String path) throws IOException {
    try (var client = new RawClient(relay.port())) {
      String request = method + " " + path + " HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n";
      var answer = client.send(request).answer().orElseThrow();
      Waiting.until(() -> relay.flights.size() == 0, "the end of the flight");
      return answer;
    }
  }

  private void stored(String directives) throws IOException {
    origin.follow((exchange, count) ->
        exchange.write(FRESH + directives + "\r\nContent-Length: 3\r\n\r\nold"));
    assertEquals("old", asked("/a").body());
  }

  private void passes(int seconds) {
    relay.clock.advance(Duration.ofSeconds(seconds));
  }

  @Test
  void oneThatRefusesIsABadGateway() throws IOException {
    origin.close();
    assertEquals(502, asked("/b").status());
  }

  /** A queue of one that is full accepts no connection and refuses none. */
  @Test
  void oneThatSwallowsConnectionsIsATimeout() throws IOException {
    var clogged = new ArrayList<Socket>();
    try (var hole = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < 4; i++) {
        var socket = new Socket();
        try {
          socket.connect(hole.getLocalSocketAddress(), 100);
        } catch (IOException full) {
          // The queue is full: what was wanted.
        }
        clogged.add(socket);
      }
      relay.reload(yaml("'http://127.0.0.1:" + hole.getLocalPort() + "'", IMPATIENT));
      assertEquals(504, asked("/b").status());
    } finally {
      for (Socket socket : clogged) {
        socket.close();
      }
    }
  }

  @Test
  void oneThatDoesNotAnswerInTimeIsATimeout() throws IOException {
    origin.follow((exchange, count) -> {});
    isImpatient();
    assertEquals(504, asked("/b").status());
    assertEquals(1, origin.requests());
  }

  @Test
  void oneThatStandsStillIsCutOffAndNothingKept() throws IOException {
    origin.follow((exchange, count) -> exchange.write(FRESH + "\r\nContent-Length: 9\r\n\r\nhalf"));
    isImpatient();
    try (var client = new RawClient(relay.port())) {
      String all = client.send("GET /b HTTP/1.1\r\nHost: h\r\n\r\n").readToEnd();
      assertTrue(all.endsWith("\r\n\r\nhalf"), all);
    }
    relay.reload(yaml("'" + origin.origin() + "'", PATIENT));
    origin.follow((exchange, count) -> exchange.ok("good"));
    assertEquals("good", asked("/b").body());
  }

  @Test
  void oneThatResetsIsAskedAgainOnceAtMostAndOnlyWhereThatIsSafe() throws IOException {
    asked("/warm");
    origin.follow((exchange, count) -> exchange.reset());
    assertEquals(502, asked("/b").status());
    assertTrue(origin.requests() <= 3, "requests: " + origin.requests());
    origin.follow((exchange, count) -> exchange.ok("x"));
    asked("/warm");
    origin.follow((exchange, count) -> exchange.reset());
    int before = origin.requests();
    assertEquals(502, asked("POST", "/b").status());
    assertEquals(before + 1, origin.requests());
  }

  @Test
  void oneThatAsksToWaitIsHeard() throws IOException {
    origin.follow((exchange, count) ->
        exchange.write(
            "HTTP/1.1 429 Slow Down\r\nRetry-After: 7\r\nContent-Length: 4\r\n\r\nwait"));
    var answer = asked("/b");
    assertEquals(429, answer.status());
    assertEquals("7", answer.fields().get("retry-after"));
    assertEquals("wait", answer.body());
    assertEquals(1, origin.requests());
  }

  @Test
  void aBurstOfErrorsIsCoveredWhereThatIsAllowed() throws IOException {
    stored(", stale-if-error=30");
    origin.follow(
        (exchange, count) -> exchange.write("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"));
    passes(11);
    for (int i = 0; i < 9; i++) {
      assertEquals("old", asked("/a").body());
      passes(3);
    }
    passes(5);
    assertEquals(503, asked("/a").status());
  }

  @Test
  void hitsAreUnaffected() throws IOException {
    stored("");
    origin.follow((exchange, count) -> {});
    isImpatient();
    Thread.ofVirtual().start(this::askInVain);
    for (int i = 0; i < 50; i++) {
      assertEquals("old", whileBusy("/a"));
    }
    origin.close();
    assertEquals("old", whileBusy("/a"));
  }

  private void askInVain() {
    try {
      asked("/slow");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits for no flight, since one is under way. */
  private String whileBusy(String path) throws IOException {
    try (var client = new RawClient(relay.port())) {
      String request = "GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n";
      return client.send(request).answer().orElseThrow().body();
    }
  }

  /** Both relays' event loops judge for themselves, so one connection is used. */
  @Test
  void aFlappingOneRestsWhileAnotherServes() throws IOException {
    var steady = RawServer.following((exchange, count) -> exchange.ok("steady"));
    try (steady;
        var client = new RawClient(relay.port())) {
      relay.reload(yaml("'" + origin.origin() + "', '" + steady.origin() + "'", PATIENT));
      origin.follow((exchange, count) -> {
        if (count % 4 == 3) {
          exchange.ok("flap");
        } else {
          exchange.close();
        }
      });
      var codes = new ArrayList<Integer>();
      for (int i = 0; i < 30; i++) {
        codes.add(status(client, "/flap" + i));
      }
      long failed = codes.stream().filter(code -> code != 200).count();
      assertTrue(failed <= 6, codes.toString());
      assertEquals(List.of(200, 200, 200), codes.subList(27, 30));
    }
  }

  private static int status(RawClient client, String path) throws IOException {
    return client
        .send("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n")
        .answer()
        .orElseThrow()
        .status();
  }
}
