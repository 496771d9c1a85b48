package io.ccrelay.proxy.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.proxy.transport.RequestTrailers;
import io.ccrelay.testing.RawClient;
import io.ccrelay.testing.RawH2Client;
import io.ccrelay.testing.RawServer;
import io.ccrelay.testing.Relays;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RFC 9110 section 6.5: what clients send behind their content reaches the backend behind it. */
@DisplayName("RFC 9110 6.5: trailers of requests")
class RequestTrailersTest {

  private static final String CHUNKED =
      "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n"
          + "Connection: X-Hop\r\n\r\n2\r\nab\r\n0\r\n";

  private final AtomicReference<String> received = new AtomicReference<>("");
  private final RawServer origin = RawServer.following(this::receive);
  private Relays relay;

  @AfterEach
  void stop() {
    relay.close();
    origin.close();
  }

  /** Chunks are read as a second "head" by this server: they end in an empty line as well. */
  private void receive(RawServer.Exchange exchange, int count) throws IOException {
    received.accumulateAndGet(exchange.head(), String::concat);
    if (!exchange.head().startsWith("POST")) {
      exchange.ok("done");
    }
  }

  private void start(String api) {
    relay =
        Relays.start(
            """
            server: {listen: "127.0.0.1:0", enable_http2: true}
            apis: [{name: web, %s}]
            """
                .formatted(api));
  }

  private void startBeforeHttp11() {
    start("backend: \"" + origin.origin() + "\"");
  }

  @Test
  void ofChunkedContentTheyStandBehindTheLastChunk() throws IOException {
    startBeforeHttp11();
    try (var client = new RawClient(relay.port())) {
      var answer = client.send(CHUNKED + "X-Sum: 7\r\nX-Sum: 8\r\n\r\n").answer().orElseThrow();
      assertEquals("done", answer.body());
    }
    assertTrue(
        received.get().endsWith("\r\n\r\n2\r\nab\r\n0\r\nX-Sum: 7\r\nX-Sum: 8\r\n\r\n"),
        received.get());
    assertTrue(received.get().contains("\r\nTrailer: X-Sum\r\n"), received.get());
  }

  @Test
  void whatBelongsToTheConnectionOrIsNoTrailerIsLeftOut() throws IOException {
    startBeforeHttp11();
    try (var client = new RawClient(relay.port())) {
      client
          .send(
              CHUNKED
                  + "X-Hop: 1\r\nX-Api-Key: k\r\nAuthorization: a b\r\nX-Forwarded-For: 6.6.6.6\r\n"
                  + "Cookie: c\r\nHost: evil\r\nX-Sum: 7\r\nTE: trailers\r\n\r\n")
          .answer();
    }
    assertTrue(received.get().endsWith("\r\n0\r\nX-Sum: 7\r\n\r\n"), received.get());
  }

  @Test
  void thoseOfOneRequestAreNotTheNextOnes() throws IOException {
    startBeforeHttp11();
    try (var client = new RawClient(relay.port())) {
      client.send(CHUNKED + "X-Sum: 7\r\n\r\n").answer();
      received.set("");
      client.send(CHUNKED + "\r\n").answer();
    }
    assertFalse(received.get().contains("X-Sum: 7"), received.get());
  }

  /** The second one is read wholly before the first one has a connection to its backend. */
  @Test
  void ofPipelinedRequestsEachKeepsItsOwn() throws IOException {
    startBeforeHttp11();
    try (var client = new RawClient(relay.port())) {
      var all = new StringBuilder();
      for (int i = 0; i < 3; i++) {
        all.append(CHUNKED).append("X-Sum: ").append(i).append("\r\n\r\n");
      }
      client.send(all + CHUNKED + "\r\n");
      for (int i = 0; i < 4; i++) {
        assertEquals("done", client.answer().orElseThrow().body());
      }
    }
    for (int i = 0; i < 3; i++) {
      int own = received.get().indexOf("\r\n0\r\nX-Sum: " + i + "\r\n\r\n");
      assertTrue(own > 0 && own == received.get().lastIndexOf("X-Sum: " + i) - 5, received.get());
    }
    assertTrue(received.get().endsWith("\r\n0\r\n\r\n"), received.get());
  }

  @Test
  void contentOfAnnouncedLengthHasNone() throws Exception {
    startBeforeHttp11();
    origin.follow(
        (exchange, count) -> exchange.ok(new String(exchange.body(), StandardCharsets.ISO_8859_1)));
    try (var client = new RawH2Client(relay.port())) {
      client
          .request(1, false, "POST", "/a", "content-length", "2")
          .data(1, false, "ab".getBytes(StandardCharsets.ISO_8859_1))
          .headers(1, true, "x-sum", "7");
      assertEquals(new RawH2Client.Outcome.Answered(200), client.outcome(1));
    }
    assertEquals(1, origin.requests());
  }

  @Test
  void ofAnHttp2RequestTheyReachAnHttp11Backend() throws Exception {
    startBeforeHttp11();
    try (var client = new RawH2Client(relay.port())) {
      client
          .request(1, false, "POST", "/a")
          .data(1, false, "ab".getBytes(StandardCharsets.ISO_8859_1))
          .headers(1, true, "x-sum", "7");
      assertEquals(new RawH2Client.Outcome.Answered(200), client.outcome(1));
    }
    assertTrue(received.get().endsWith("\r\n2\r\nab\r\n0\r\nx-sum: 7\r\n\r\n"), received.get());
  }

  @Test
  void theyReachAnHttp2Backend() throws Exception {
    try (var backend =
        Http2Backend.of(request -> {
          var response = request.response().putTrailer("x-back", "8");
          request
              .body()
              .onSuccess(body -> {
                String sum = RequestTrailers.of(request).get("x-sum");
                response.write(request.version() + " " + body + " " + sum);
                response.end();
              });
        })) {
      start(backend.settings());
      try (var client = new RawClient(relay.port())) {
        for (int i = 0; i < 3; i++) {
          String answer = client.send(CHUNKED + "X-Sum: " + i + "\r\n\r\n").readUntil("8\r\n\r\n");
          assertTrue(answer.contains("HTTP_2 ab " + i + "\r\n"), answer);
          assertTrue(answer.endsWith("\r\n0\r\nx-back: 8\r\n\r\n"), answer);
        }
      }
    }
  }
}
