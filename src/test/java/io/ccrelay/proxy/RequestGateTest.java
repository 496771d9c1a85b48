package io.ccrelay.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Raw bytes against a listener: what is refused, and that nothing behind it is executed. */
class RequestGateTest {

  private static final String SECOND = "GET /second HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String POST = "POST /x HTTP/1.1\r\nHost: a\r\n";

  private static GateServer plain;
  private static GateServer clearTextHttp2;

  @BeforeAll
  static void start() throws Exception {
    plain = new GateServer();
    clearTextHttp2 = GateServer.withHttp2();
  }

  @AfterAll
  static void stop() throws Exception {
    plain.close();
    clearTextHttp2.close();
  }

  @BeforeEach
  void forget() {
    plain.seen.clear();
    clearTextHttp2.seen.clear();
  }

  /** Heads that are refused: a description, the bytes, the reason. */
  static Stream<Arguments> heads() {
    return Stream.of(
        // framing
        head(
            "length and coding",
            POST + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "malformed-request"),
        head(
            "coding and length",
            POST + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
            "malformed-request"),
        head(
            "coding in 1.0",
            "POST /x HTTP/1.0\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc",
            "malformed-request"),
        head(
            "coding alone in 1.0",
            "POST /x HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "malformed-request"),
        head(
            "chunked, identity",
            POST + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
            "malformed-request"),
        head("identity", POST + "Transfer-Encoding: identity\r\n\r\n", "malformed-request"),
        head(
            "xchunked", POST + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", "malformed-request"),
        head(
            "chunked, xchunked",
            POST + "Transfer-Encoding: chunked, xchunked\r\n\r\n0\r\n\r\n",
            "malformed-request"),
        head(
            "chunked twice",
            POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "malformed-request"),
        head(
            "gzip, chunked",
            POST + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            "transfer-coding"),
        head(
            "folded coding",
            POST + "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
            "folded-field"),
        head("blank before colon", POST + "Content-Length : 3\r\n\r\nabc", "malformed-request"),
        head(
            "vertical tab in coding",
            POST + "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n",
            "malformed-request"),
        head(
            "differing lengths",
            POST + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
            "malformed-request"),
        head(
            "equal lengths",
            POST + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
            "malformed-request"),
        head("length list", POST + "Content-Length: 3, 3\r\n\r\nabc", "malformed-request"),
        head("length +3", POST + "Content-Length: +3\r\n\r\nabc", "malformed-request"),
        head("length -3", POST + "Content-Length: -3\r\n\r\nabc", "malformed-request"),
        head("length 0x3", POST + "Content-Length: 0x3\r\n\r\nabc", "malformed-request"),
        head(
            "length overflow",
            POST + "Content-Length: 99999999999999999999\r\n\r\nabc",
            "malformed-request"),
        head("empty length", POST + "Content-Length: \r\n\r\nabc", "malformed-request"),
        head(
            "hidden content",
            "GET /x HTTP/1.1\r\nHost: a\r\nSec-WebSocket-Key1: 1\r\nSec-WebSocket-Key2: 2\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n12345678",
            "bad-framing"),
        head(
            "GET with content",
            "GET /x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc",
            "unexpected-content"),
        head(
            "HEAD with chunks",
            "HEAD /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "unexpected-content"),
        // lines and characters
        head("bare LF", "GET /x HTTP/1.1\nHost: a\n\n", "malformed-request"),
        head("bare LF in fields", "GET /x HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", "malformed-request"),
        head("bare CR", "GET /x HTTP/1.1\r\nHost: a\r\nX: b\rY: c\r\n\r\n", "malformed-request"),
        head(
            "NUL in a value", "GET /x HTTP/1.1\r\nHost: a\r\nX: b\0c\r\n\r\n", "malformed-request"),
        head(
            "control in a name",
            "GET /x HTTP/1.1\r\nHost: a\r\nX\u0001Y: b\r\n\r\n",
            "malformed-request"),
        head("no colon", "GET /x HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n", "malformed-request"),
        head("empty name", "GET /x HTTP/1.1\r\nHost: a\r\n: v\r\n\r\n", "bad-field-name"),
        head("folded field", "GET /x HTTP/1.1\r\nHost: a\r\nX: b\r\n c\r\n\r\n", "folded-field"),
        head("folded by tab", "GET /x HTTP/1.1\r\nHost: a\r\nX: b\r\n\tc\r\n\r\n", "folded-field"),
        head(
            "folded blank line", "GET /x HTTP/1.1\r\nHost: a\r\nX: b\r\n \r\n\r\n", "folded-field"),
        head(
            "blank before fields",
            "GET /x HTTP/1.1\r\n Host: a\r\nHost: a\r\n\r\n",
            "malformed-request"),
        head("leading NUL", "\0GET /x HTTP/1.1\r\nHost: a\r\n\r\n", "malformed-request"),
        head("leading SOH", "\u0001GET /x HTTP/1.1\r\nHost: a\r\n\r\n", "malformed-request"),
        head(
            "101 fields",
            "GET /x HTTP/1.1\r\nHost: a\r\n" + "X: b\r\n".repeat(100) + "\r\n",
            "too-many-fields"),
        head(
            "1000 fields",
            "GET /x HTTP/1.1\r\nHost: a\r\n" + "X: b\r\n".repeat(1000) + "\r\n",
            "too-many-fields"),
        // request line
        head("leading blank", " GET /x HTTP/1.1\r\nHost: a\r\n\r\n", "bad-request-line"),
        head("two blanks", "GET  /x HTTP/1.1\r\nHost: a\r\n\r\n", "bad-request-line"),
        head("two blanks later", "GET /x  HTTP/1.1\r\nHost: a\r\n\r\n", "bad-request-line"),
        head("tab", "GET\t/x HTTP/1.1\r\nHost: a\r\n\r\n", "bad-request-line"),
        head("tab later", "GET /x\tHTTP/1.1\r\nHost: a\r\n\r\n", "bad-request-line"),
        head("blank in target", "GET /x y HTTP/1.1\r\nHost: a\r\n\r\n", "bad-request-line"),
        head(
            "vertical tab in target",
            "GET /x\u000by HTTP/1.1\r\nHost: a\r\n\r\n",
            "bad-request-line"),
        head("CR in target", "GET /x\ry HTTP/1.1\r\nHost: a\r\n\r\n", "bad-request-line"),
        head("trailing blank", "GET /x HTTP/1.1 \r\nHost: a\r\n\r\n", "malformed-request"),
        head("HTTP/0.9", "GET /x\r\n\r\n", "bad-request-line"),
        head("lower-case version", "GET /x http/1.1\r\nHost: a\r\n\r\n", "bad-request-line"),
        head("HTTP/1.2", "GET /x HTTP/1.2\r\nHost: a\r\n\r\n", "http-version"),
        head("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "http-version"),
        head("lower-case method", "get /x HTTP/1.1\r\nHost: a\r\n\r\n", "bad-method"),
        head("CONNECT", "CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\n\r\n", "method-not-supported"),
        head("TRACE", "TRACE /x HTTP/1.1\r\nHost: a\r\n\r\n", "method-not-supported"),
        // target
        head("dot segments", "GET /a/../b HTTP/1.1\r\nHost: a\r\n\r\n", "bad-target"),
        head("encoded dot segments", "GET /a/b%2f..%2fc HTTP/1.1\r\nHost: a\r\n\r\n", "bad-target"),
        head("two slashes", "GET //evil HTTP/1.1\r\nHost: a\r\n\r\n", "bad-target"),
        head("raw UTF-8", "GET /\u00c3\u00a9 HTTP/1.1\r\nHost: a\r\n\r\n", "bad-target"),
        head("asterisk", "GET * HTTP/1.1\r\nHost: a\r\n\r\n", "bad-target"),
        head("relative", "GET a HTTP/1.1\r\nHost: a\r\n\r\n", "bad-target"),
        head("other host", "GET http://evil/x HTTP/1.1\r\nHost: a\r\n\r\n", "host-mismatch"),
        // host, expectations, connection
        head("no Host", "GET /x HTTP/1.1\r\n\r\n", "bad-host"),
        head("two Hosts", "GET /x HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "bad-host"),
        head("invalid Host", "GET /x HTTP/1.1\r\nHost: a b\r\n\r\n", "bad-host"),
        head("Expect: foo", POST + "Expect: foo\r\nContent-Length: 3\r\n\r\nabc", "expectation"),
        head(
            "nominated Host",
            "GET /x HTTP/1.1\r\nHost: a\r\nConnection: Host\r\n\r\n",
            "bad-connection-option"));
  }

  private static Arguments head(String name, String bytes, String reason) {
    return Arguments.of(name, bytes, reason);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("heads")
  void ambiguousHeadsAreRefusedAndNothingBehindThemIsExecuted(
      String name, String bytes, String reason) throws Exception {
    assertRefused(plain, bytes, reason);
    assertRefused(plain, bytes + SECOND, reason);
    assertTrue(plain.isAlive());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("heads")
  void listenersOfClearTextHttp2AreAsStrict(String name, String bytes, String reason)
      throws Exception {
    if (!name.equals("HTTP/2 preface")) {
      assertRefused(clearTextHttp2, bytes + SECOND, reason);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("heads")
  void headsAreRefusedWhereverTheirBytesAreSplit(String name, String bytes, String reason)
      throws Exception {
    try (var client = plain.client()) {
      int middle = bytes.length() / 2;
      client.send(bytes.substring(0, middle));
      Thread.sleep(2);
      client.send(bytes.substring(middle) + SECOND);
      client.answer();
      assertTrue(client.endsWithin(Duration.ofSeconds(1)));
      assertEquals(List.of("!" + reason), plain.seen);
    }
  }

  private static void assertRefused(GateServer server, String bytes, String reason)
      throws Exception {
    server.seen.clear();
    try (var client = server.client()) {
      var answer = client.send(bytes).answer();
      assertTrue(answer.isPresent(), "an answer");
      assertTrue(answer.get().status() >= 400, "status " + answer.get().status());
      assertEquals("close", answer.get().fields().get("connection"));
      assertTrue(client.endsWithin(Duration.ofSeconds(1)), "the connection ends");
      assertEquals(List.of("!" + reason), server.seen);
    }
  }

  /** Contents that break off: a description and the bytes. */
  static Stream<Arguments> contents() {
    String chunked = POST + "Transfer-Encoding: chunked\r\n\r\n";
    return Stream.of(
        Arguments.of("no chunk end", chunked + "3\r\nabcd\r\n0\r\n\r\n"),
        Arguments.of("bare LF after size", chunked + "3\nabc\r\n0\r\n\r\n"),
        Arguments.of("bare LF after data", chunked + "3\r\nabc\n0\r\n\r\n"),
        Arguments.of("blank after size", chunked + "3 \r\nabc\r\n0\r\n\r\n"),
        Arguments.of("no hexadecimal size", chunked + "g\r\nabc\r\n0\r\n\r\n"),
        Arguments.of("negative size", chunked + "-3\r\nabc\r\n0\r\n\r\n"),
        Arguments.of("overflowing size", chunked + "ffffffffffffffff3\r\nabc\r\n0\r\n\r\n"),
        Arguments.of("quoted line end", chunked + "3;a=\"\r\n\"\r\nabc\r\n0\r\n\r\n"),
        Arguments.of("bare CR in extension", chunked + "3;a\rb\r\nabc\r\n0\r\n\r\n"),
        Arguments.of("trailer without colon", chunked + "0\r\nnonsense\r\n\r\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("contents")
  void brokenContentsEndTheConnectionAndNothingBehindThemIsExecuted(String name, String bytes)
      throws Exception {
    try (var client = plain.client()) {
      client.send(bytes + SECOND);
      assertTrue(client.endsWithin(Duration.ofSeconds(1)));
    }
    assertTrue(plain.isAlive());
    assertEquals(List.of("/x", "?content-broken"), plain.seen);
  }

  @Test
  void unusualButUnambiguousRequestsAreServed() throws Exception {
    for (String request :
        List.of(
            "GET /x?a[b]=c|d HTTP/1.1\r\nHost: a\r\n\r\n",
            "\r\nGET /x HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET http://A:80/x HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /x HTTP/1.0\r\n\r\n",
            "GET /x HTTP/1.1\r\nhost: [::1]:80\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n",
            "GET /x%20y/a:b@c HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
            POST + "Transfer-Encoding: Chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\nX: y\r\n\r\n",
            POST + "Content-Length: 003\r\n\r\nabc")) {
      for (GateServer server : List.of(plain, clearTextHttp2)) {
        try (var client = server.client()) {
          assertEquals(200, client.send(request).answer().orElseThrow().status(), request);
        }
      }
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    for (GateServer server : List.of(plain, clearTextHttp2)) {
      try (var client = server.client()) {
        client.send(
            "GET /late HTTP/1.1\r\nHost: a\r\n\r\n"
                + POST
                + "Content-Length: 2\r\n\r\nhi"
                + SECOND);
        assertEquals("late", client.answer().orElseThrow().body());
        assertEquals("hi", client.answer().orElseThrow().body());
        assertEquals("ok", client.answer().orElseThrow().body());
      }
    }
  }

  @Test
  void aBadRequestBehindAGoodOneDoesNotHarmTheGoodOne() throws Exception {
    try (var client = plain.client()) {
      client.send(
          "GET /late HTTP/1.1\r\nHost: a\r\n\r\nGET /x HTTP/1.1\r\nHost: a\r\nX: b\r\n c\r\n\r\n"
              + SECOND);
      assertEquals("late", client.answer().orElseThrow().body());
      assertEquals(400, client.answer().orElseThrow().status());
      assertTrue(client.endsWithin(Duration.ofSeconds(1)));
      assertEquals(List.of("/late", "!folded-field"), plain.seen);
    }
  }

  @Test
  void hopByHopFieldsAreNotHandedOn() throws Exception {
    try (var client = plain.client()) {
      client.send(
          "GET /x HTTP/1.1\r\nHost: a\r\nConnection: close, X-Tenant\r\nX-Tenant: t\r\n"
              + "Keep-Alive: 5\r\nTE: trailers\r\nTrailer: x\r\nUpgrade: websocket\r\n"
              + "Proxy-Connection: a\r\nProxy-Authorization: b\r\nX-Api-Key: k\r\n\r\n");
      assertEquals(200, client.answer().orElseThrow().status());
      assertEquals(
          io.ccrelay.http.Fields.of("Trailer", "x", "X-Api-Key", "k"), plain.last.fields());
      assertEquals("a", plain.last.authority());
    }
  }

  @Test
  void contentIsAskedForWhenTheClientWaitsForIt() throws Exception {
    try (var client = plain.client()) {
      client.send(POST + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
      assertEquals(100, client.answer().orElseThrow().status());
      client.send("hi");
      assertEquals("hi", client.answer().orElseThrow().body());
    }
  }
}
