package io.ccrelay.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.RawH2Client;
import io.ccrelay.testing.RawH2Client.Outcome;
import io.ccrelay.testing.RawH2Client.Outcome.Answered;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** HTTP/2 frames against a listener of clear-text HTTP/2. */
class Http2GateTest {

  private static final String[] NOTHING = {};

  private static GateServer server;

  @BeforeAll
  static void start() throws Exception {
    server = GateServer.withHttp2();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @BeforeEach
  void forget() {
    server.seen.clear();
  }

  /** Field blocks of requests that must not come through. */
  static Stream<Arguments> blocks() {
    return Stream.of(
        with("CR LF in a value", "x", "a\r\nb: c"),
        with("LF in a value", "x", "a\nb"),
        with("CR in a value", "x", "a\rb"),
        with("NUL in a value", "x", "a\0b"),
        with("blank in a name", "x y", "a"),
        with("CR LF in a name", "x\r\ny", "a"),
        with("upper-case name", "X-Upper", "a"),
        with("empty name", "", "a"),
        with("transfer-encoding", "transfer-encoding", "chunked"),
        with("connection", "connection", "close"),
        with("connection nominating", "connection", "authorization"),
        with("keep-alive", "keep-alive", "5"),
        with("proxy-connection", "proxy-connection", "a"),
        with("upgrade", "upgrade", "h2c"),
        with("te: gzip", "te", "gzip"),
        with("other host", "host", "b"),
        with("two lengths", "content-length", "0", "content-length", "1"),
        with("length without content", "content-length", "3"),
        with("expectation", "expect", "foo"),
        with("two keys", "x-api-key", "a", "x-api-key", "b"),
        with("late pseudo field", "x", "y", ":path", "/b"),
        with("unknown pseudo field", ":secret", "y"),
        with("response pseudo field", ":status", "200"),
        with("too many fields", Stream.generate(() -> "x").limit(220).toArray(String[]::new)),
        block(
            "two methods",
            ":method",
            "GET",
            ":method",
            "POST",
            ":scheme",
            "http",
            ":authority",
            "a",
            ":path",
            "/x"),
        block(
            "two paths",
            ":method",
            "GET",
            ":scheme",
            "http",
            ":authority",
            "a",
            ":path",
            "/x",
            ":path",
            "/y"),
        block(
            "two authorities",
            ":method",
            "GET",
            ":scheme",
            "http",
            ":authority",
            "a",
            ":authority",
            "b",
            ":path",
            "/x"),
        block("no method", ":scheme", "http", ":authority", "a", ":path", "/x"),
        block("no path", ":method", "GET", ":scheme", "http", ":authority", "a"),
        block("empty path", ":method", "GET", ":scheme", "http", ":authority", "a", ":path", ""),
        block("no scheme", ":method", "GET", ":authority", "a", ":path", "/x"),
        block("no authority", ":method", "GET", ":scheme", "http", ":path", "/x"),
        block(
            "invalid authority",
            ":method",
            "GET",
            ":scheme",
            "http",
            ":authority",
            "a b",
            ":path",
            "/x"),
        block(
            "user in authority",
            ":method",
            "GET",
            ":scheme",
            "http",
            ":authority",
            "u@a",
            ":path",
            "/x"),
        block(
            "fields before pseudo fields",
            "x",
            "y",
            ":method",
            "GET",
            ":scheme",
            "http",
            ":authority",
            "a",
            ":path",
            "/x"),
        path("line in path", "/a HTTP/1.1\r\nX: y"),
        path("LF in path", "/a\nb"),
        path("NUL in path", "/a\0b"),
        path("blank in path", "/a b"),
        path("dot segments", "/a/../b"),
        path("two slashes", "//a"),
        path("asterisk", "*"),
        path("absolute", "http://a/x"),
        method("lower-case method", "get"),
        method("line in method", "GET / HTTP/1.1\r\nX:"),
        method("CONNECT with path", "CONNECT"),
        method("TRACE", "TRACE"));
  }

  private static Arguments with(String name, String... more) {
    var block = new String[8 + more.length];
    String[] pseudo = {":method", "GET", ":scheme", "http", ":authority", "a", ":path", "/x"};
    System.arraycopy(pseudo, 0, block, 0, 8);
    System.arraycopy(more, 0, block, 8, more.length);
    return Arguments.of(name, block);
  }

  private static Arguments block(String name, String... block) {
    return Arguments.of(name, block);
  }

  private static Arguments path(String name, String path) {
    return block(name, ":method", "GET", ":scheme", "http", ":authority", "a", ":path", path);
  }

  private static Arguments method(String name, String method) {
    return block(name, ":method", method, ":scheme", "http", ":authority", "a", ":path", "/x");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("blocks")
  void badFieldBlocksNeverComeThrough(String name, String[] block) throws Exception {
    try (var client = new RawH2Client(server.port())) {
      Outcome outcome = client.headers(1, true, block).outcome(1);
      if (outcome instanceof Answered(int status)) {
        assertTrue(status >= 400, name + ": " + status);
      }
      assertTrue(
          server.seen.stream().allMatch(seen -> seen.startsWith("!")), server.seen::toString);
    }
    assertTrue(server.isAlive());
  }

  @Test
  void otherStreamsGoOnAfterARefusal() throws Exception {
    try (var client = new RawH2Client(server.port())) {
      client.request(1, true, "GET", "/a/../b", NOTHING);
      assertEquals(new Answered(400), client.outcome(1));
      client.request(3, true, "GET", "/x", NOTHING);
      assertEquals(new Answered(200), client.outcome(3));
      assertEquals(List.of("!bad-target", "/x"), server.seen);
    }
  }

  @Test
  void contentOverTheAnnouncedLengthNeverComesThrough() throws Exception {
    try (var client = new RawH2Client(server.port())) {
      client.request(1, false, "POST", "/x", "content-length", "3");
      client.data(1, true, "abcd".getBytes());
      assertInstanceOf(Outcome.Reset.class, client.outcome(1));
      assertEquals(List.of("/x", "?content-broken"), server.seen);
    }
  }

  @Test
  void contentIsRead() throws Exception {
    try (var client = new RawH2Client(server.port())) {
      client.request(1, false, "POST", "/x", "te", "trailers", "expect", "100-continue");
      assertEquals(new Answered(100), client.outcome(1));
      client.data(1, false, "ab".getBytes()).data(1, true, "c".getBytes());
      assertEquals(new Answered(200), client.outcome(1));
      assertEquals("a", server.last.authority());
    }
  }

  @Test
  void anEarlyAnswerEndsAStreamThatGoesOnSending() throws Exception {
    try (var client = new RawH2Client(server.port())) {
      client.request(1, false, "POST", "/early", NOTHING);
      assertEquals(new Answered(401), client.outcome(1));
      assertEquals(new Outcome.Reset(0), client.outcome(1));
      client.request(3, true, "GET", "/x", NOTHING);
      assertEquals(new Answered(200), client.outcome(3));
    }
  }

  @Test
  void aStreamThatIsResetInTheMiddleOfItsContentIsForgotten() throws Exception {
    try (var client = new RawH2Client(server.port())) {
      client.request(1, false, "POST", "/x", NOTHING);
      client.data(1, false, "ab".getBytes()).frame(3, 0, 1, "00000008");
      client.request(3, true, "GET", "/y", NOTHING);
      assertEquals(new Answered(200), client.outcome(3));
      assertEquals(List.of("/x", "?content-broken", "/y"), server.seen);
    }
  }
}
