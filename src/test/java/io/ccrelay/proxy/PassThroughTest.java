package io.ccrelay.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.proxy.PassThrough.Outcome;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.RawServer;
import io.ccrelay.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bare relay around {@link PassThrough}, asked by raw sockets. */
class PassThroughTest {

  private Vertx vertx;
  private FakeUpstream provider;
  private PassingRelay relay;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    provider = FakeUpstream.start(vertx);
    relay = new PassingRelay(vertx);
    relay.passTo(provider.origin());
    Await.result(vertx.deployVerticle(relay));
  }

  @AfterEach
  void stop() {
    Waiting.until(() -> relay.inUse() == 0, "no connection in use");
    provider.close();
    Await.result(vertx.close());
  }

  private Socket connect() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), relay.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** Sends {@code request} and reads until the relay closes. */
  private String ask(String request) throws IOException {
    try (Socket socket = connect()) {
      write(socket, request);
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static String get(String method) {
    return method + " /v1/files HTTP/1.1\r\nHost: relay\r\nConnection: close\r\n\r\n";
  }

  private static String contentOf(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  private Outcome outcome() {
    Waiting.until(() -> !relay.outcomes().isEmpty(), "an outcome");
    return relay.outcomes().getFirst();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void contentPassesBothWaysByteForByte(boolean chunked) throws IOException {
    byte[] up = new byte[3 << 20];
    byte[] down = new byte[5 << 20];
    new Random(1).nextBytes(up);
    new Random(2).nextBytes(down);
    provider.always((seen, response) -> {
      response.setChunked(chunked);
      response.end(Buffer.buffer(down));
    });
    try (Socket socket = connect()) {
      var out = new ByteArrayOutputStream();
      String head = "POST /v1/files?a=%2f HTTP/1.1\r\nHost: relay\r\nConnection: close\r\n";
      out.writeBytes(
          (head + (chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + up.length))
              .concat("\r\n\r\n")
              .getBytes(StandardCharsets.ISO_8859_1));
      out.writeBytes((chunked ? Integer.toHexString(up.length) + "\r\n" : "").getBytes());
      out.writeBytes(up);
      out.writeBytes((chunked ? "\r\n0\r\n\r\n" : "").getBytes());
      var writing = Thread.ofVirtual().start(() -> writeAll(socket, out.toByteArray()));
      byte[] answer = socket.getInputStream().readAllBytes();
      joined(writing);
      assertEquals(FakeUpstream.sha256(up), provider.last().sha256());
      assertEquals("/v1/files?a=%2f", provider.last().uri());
      if (!chunked) {
        byte[] content = Arrays.copyOfRange(answer, answer.length - down.length, answer.length);
        assertEquals(FakeUpstream.sha256(down), FakeUpstream.sha256(content));
      } else {
        assertTrue(answer.length > down.length);
        assertTrue(new String(answer, answer.length - 5, 5).equals("0\r\n\r\n"));
      }
    }
    assertInstanceOf(Outcome.Relayed.class, outcome());
  }

  private static void writeAll(Socket socket, byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void joined(Thread thread) {
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void statusFieldsHintsAndTrailersPass() throws IOException {
    try (var server =
        RawServer.following((e, n) ->
            e.write(
                "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
                    + "HTTP/1.1 429 Too Many\r\nRetry-After: 7\r\nX-A: 1\r\nX-A: 2\r\n"
                    + "Connection: X-Hop\r\nX-Hop: 1\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "3\r\nabc\r\n0\r\nX-Sum: 9\r\n\r\n"))) {
      relay.passTo(server.origin());
      String answer = ask(get("GET"));
      assertTrue(answer.startsWith("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"), answer);
      String last = answer.substring(answer.indexOf("HTTP/1.1 429"));
      assertTrue(last.contains("Retry-After: 7\r\nX-A: 1\r\nX-A: 2\r\n"), answer);
      assertFalse(last.contains("X-Hop"), answer);
      assertEquals("3\r\nabc\r\n0\r\nX-Sum: 9\r\n\r\n", contentOf(last));
    }
  }

  @Test
  void answersWithoutContentHaveNone() throws IOException {
    try (var server =
        RawServer.following((e, n) -> e.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n"))) {
      relay.passTo(server.origin());
      String answer = ask(get("HEAD"));
      assertTrue(answer.toLowerCase().contains("content-length: 10"), answer);
      assertEquals("", contentOf(answer));
      server.follow((e, n) ->
          e.write("HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\nContent-Length: 9\r\n\r\n"));
      answer = ask(get("GET"));
      assertTrue(answer.startsWith("HTTP/1.1 304") && answer.contains("ETag: \"a\""), answer);
      assertEquals("", contentOf(answer));
      server.follow((e, n) -> e.write("HTTP/1.1 204 No Content\r\n\r\n"));
      answer = ask(get("GET"));
      assertTrue(answer.startsWith("HTTP/1.1 204"), answer);
      assertFalse(answer.toLowerCase().contains("content-length"), answer);
    }
  }

  @Test
  void anAnswerThatBreaksOffDoesNotEndInGoodOrder() throws IOException {
    provider.always(FakeUpstream.cut("text/event-stream", "event: a\n\n"));
    String answer = ask(get("GET"));
    assertTrue(answer.contains("event: a"), answer);
    assertFalse(answer.endsWith("0\r\n\r\n"), answer);
    assertInstanceOf(Outcome.Broken.class, outcome());
  }

  @Test
  void anUpstreamThatCannotBeReachedIsLeftToTheCaller() throws IOException {
    relay.passTo("http://127.0.0.1:1");
    assertTrue(ask(get("GET")).startsWith("HTTP/1.1 502 "));
    assertInstanceOf(Outcome.Unanswered.class, outcome());
  }

  @Test
  void eventsPassAsTheyArrive() throws IOException {
    var gate = FakeUpstream.gate();
    provider.always(FakeUpstream.gated(gate, "text/event-stream"));
    try (Socket socket = connect()) {
      write(socket, get("GET"));
      gate.await(1);
      for (String event : List.of("event: a\n\n", "event: b\n\n")) {
        gate.write(event);
        readUntil(socket, event);
      }
      gate.end();
      readUntil(socket, "0\r\n\r\n");
    }
  }

  private static void readUntil(Socket socket, String text) throws IOException {
    var read = new StringBuilder();
    while (read.indexOf(text) < 0) {
      int b = socket.getInputStream().read();
      assertTrue(b >= 0, "ended before " + text + " after " + read);
      read.append((char) b);
    }
  }

  @Test
  void aClientMayLeaveAtAnyPoint() throws IOException {
    var gate = FakeUpstream.gate();
    provider.always(FakeUpstream.gated(gate, "text/event-stream"));
    String request =
        "POST /v1/files HTTP/1.1\r\nHost: relay\r\nContent-Length: 12\r\n\r\nabcdefghijkl";
    int head = request.indexOf("\r\n\r\n") + 4;
    for (int sent = head + 1; sent <= request.length(); sent++) {
      int calls = provider.calls();
      try (Socket socket = connect()) {
        write(socket, request.substring(0, sent));
        Waiting.until(() -> provider.calls() > calls, "request arrived");
      }
    }
    for (int events = 1; events <= 8; events++) {
      int begun = provider.seen().size();
      try (Socket socket = connect()) {
        write(socket, request);
        Waiting.until(() -> provider.seen().size() > begun, "request arrived");
        for (int i = 0; i < events; i++) {
          gate.write("event: e" + i + "\n\n");
          readUntil(socket, "e" + i);
        }
        socket.setSoLinger(events % 2 == 0, 0);
      }
    }
    Waiting.until(() -> relay.inUse() == 0, "no connection in use");
    Waiting.until(() -> relay.outcomes().size() == 20, "outcomes: " + relay.outcomes().size());
    relay.outcomes().forEach(outcome -> assertInstanceOf(Outcome.ClientLeft.class, outcome));
    provider.always(FakeUpstream.whole(200, "{}"));
    assertTrue(ask(get("GET")).endsWith("{}"));
  }

  @Test
  void aClientThatDoesNotReadHoldsTheUpstreamBack() throws IOException {
    var written = new AtomicLong();
    provider.always((seen, response) -> {
      response.setChunked(true);
      Buffer piece = Buffer.buffer(new byte[64 << 10]);
      Runnable[] more = new Runnable[1];
      more[0] =
          () -> {
            while (!response.writeQueueFull() && written.get() < 64 << 20) {
              response.write(piece);
              written.addAndGet(piece.length());
            }
          };
      response.drainHandler(v -> more[0].run());
      more[0].run();
    });
    try (var socket = new Socket()) {
      socket.setReceiveBufferSize(4096);
      socket.connect(new InetSocketAddress("127.0.0.1", relay.port()));
      write(socket, get("GET"));
      long before = -1;
      while (written.get() != before || before == 0) {
        before = written.get();
        LockSupport.parkNanos(200_000_000);
      }
      assertTrue(written.get() < 32 << 20, "written: " + written.get());
    }
  }

  @Test
  void anEarlyAnswerReachesAClientThatIsStillSending() throws IOException {
    provider.early(request -> true).always(FakeUpstream.whole(413, "{\"too\":\"large\"}"));
    try (Socket socket = connect()) {
      write(
          socket,
          "POST /v1/files HTTP/1.1\r\nHost: relay\r\nContent-Length: 1000000\r\n\r\n"
              + "x".repeat(10_000));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
      assertTrue(answer.endsWith("{\"too\":\"large\"}"), answer);
    }
    Waiting.until(() -> relay.inUse() == 0, "no connection in use");
    provider.early(request -> false).always(FakeUpstream.whole(200, "{}"));
    assertTrue(ask(get("GET")).endsWith("{}"));
  }

  @Test
  void anExpectationIsPassedOnAndNotWaitedForLong() throws IOException {
    provider.always(FakeUpstream.whole(200, "{}"));
    try (Socket socket = connect()) {
      write(
          socket,
          "POST /v1/files HTTP/1.1\r\nHost: relay\r\nConnection: close\r\n"
              + "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n");
      readUntil(socket, "HTTP/1.1 100 Continue\r\n\r\n");
      write(socket, "abc");
      readUntil(socket, "{}");
    }
    assertEquals("abc", provider.last().text());
    assertTrue(provider.last().fields().has("expect"));
  }

  @Test
  void anOldClientGetsAnAnswerThatEndsWithItsConnection() throws IOException {
    provider.always(FakeUpstream.events(List.of("a", "b")));
    String answer = ask("GET /v1/files HTTP/1.0\r\nHost: relay\r\n\r\n");
    assertFalse(answer.toLowerCase().contains("transfer-encoding"), answer);
    assertEquals("ab", contentOf(answer));
  }
}
