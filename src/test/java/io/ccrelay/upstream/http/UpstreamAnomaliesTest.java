package io.ccrelay.upstream.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.Await;
import io.ccrelay.testing.RawServer;
import io.ccrelay.testing.Waiting;
import io.ccrelay.upstream.Upstream;
import io.ccrelay.upstream.UpstreamException;
import io.ccrelay.upstream.UpstreamException.Kind;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An upstream that breaks the protocol: what its answer becomes, and that no exchange after it
 * suffers.
 */
class UpstreamAnomaliesTest {

  private static final String LONG = "x".repeat(40 << 10);

  private static Vertx vertx;
  private static Upstreams client;

  /** What an answer became. */
  private enum Result {
    GOOD,
    GOOD_CLOSE_DELIMITED,
    BROKEN
  }

  private record Anomaly(String name, Result result, RawServer.Script script) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    client = new Upstreams(vertx, Upstreams.poolOf(2, 100));
  }

  @AfterAll
  static void stop() {
    client.close();
    Await.result(vertx.close());
  }

  static Stream<Arguments> anomalies() {
    return List.of(
            anomaly(
                "length too short, close",
                Result.BROKEN,
                e -> e.write(head("Content-Length: 10") + "abc").close()),
            anomaly(
                "length too short, reset",
                Result.BROKEN,
                e -> e.write(head("Content-Length: 10") + "abc").reset()),
            anomaly(
                "chunked without last chunk",
                Result.BROKEN,
                e -> e.write(head("Transfer-Encoding: chunked") + "3\r\nabc\r\n").close()),
            anomaly(
                "bad chunk size",
                Result.BROKEN,
                e -> e.write(head("Transfer-Encoding: chunked") + "zz\r\nabc\r\n0\r\n\r\n")),
            anomaly(
                "length and chunked",
                Result.BROKEN,
                e ->
                    e.write(
                        head("Content-Length: 3", "Transfer-Encoding: chunked")
                            + "3\r\nabc\r\n0\r\n\r\n")),
            anomaly(
                "two lengths",
                Result.BROKEN,
                e -> e.write(head("Content-Length: 3", "Content-Length: 4") + "abcd")),
            anomaly(
                "negative length", Result.BROKEN, e -> e.write(head("Content-Length: -3") + "abc")),
            anomaly(
                "NUL in a field",
                Result.BROKEN,
                e -> e.write(head("X-A: a\0b", "Content-Length: 3") + "abc")),
            anomaly(
                "bare LF",
                Result.BROKEN,
                e -> e.write("HTTP/1.1 200 OK\nX-A: a\nContent-Length: 3\n\nabc")),
            anomaly(
                "header too large",
                Result.BROKEN,
                e -> e.write(head("X-A: " + LONG, "Content-Length: 3") + "abc")),
            anomaly("no HTTP", Result.BROKEN, e -> e.write("SSH-2.0-OpenSSH_9.2\r\n\r\n")),
            anomaly("closed without answer", Result.BROKEN, RawServer.Exchange::close),
            anomaly("reset without answer", Result.BROKEN, RawServer.Exchange::reset),
            anomaly(
                "early hints first",
                Result.GOOD,
                e -> e.write("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n").ok("abc")),
            anomaly(
                "102 first",
                Result.GOOD,
                e -> e.write("HTTP/1.1 102 Processing\r\n\r\n").ok("abc")),
            anomaly(
                "many unknown interim answers first",
                Result.GOOD,
                e ->
                    e.write(
                            "HTTP/1.1 150 X\r\nContent-Length: 7\r\n\r\n".repeat(20)
                                + "HTTP/1.1 100 Continue\r\n\r\n")
                        .ok("abc")),
            anomaly(
                "bytes behind the length",
                Result.GOOD,
                e -> e.write(head("Content-Length: 3") + "abcSURPLUS")),
            anomaly(
                "a second answer in the same packet",
                Result.GOOD,
                e ->
                    e.write(
                        head("Content-Length: 3") + "abc" + head("Content-Length: 4") + "evil")),
            anomaly(
                "204 with content",
                Result.GOOD,
                e -> e.write("HTTP/1.1 204 No Content\r\nContent-Length: 4\r\n\r\nevil")),
            anomaly(
                "304 with content",
                Result.GOOD,
                e -> e.write("HTTP/1.1 304 Not Modified\r\nContent-Length: 4\r\n\r\nevil")),
            anomaly(
                "ended by close only",
                Result.GOOD_CLOSE_DELIMITED,
                e -> e.write(head() + "abc").close()),
            anomaly(
                "unknown transfer coding",
                Result.GOOD_CLOSE_DELIMITED,
                e -> e.write(head("Transfer-Encoding: gzip") + "abc").close()),
            anomaly(
                "status 999",
                Result.GOOD,
                e -> e.write("HTTP/1.1 999 Odd\r\nContent-Length: 3\r\n\r\nabc")),
            anomaly(
                "status 099",
                Result.BROKEN,
                e -> e.write("HTTP/1.1 099 Odd\r\nContent-Length: 3\r\n\r\nabc")),
            anomaly(
                "101 not asked for",
                Result.BROKEN,
                e ->
                    e.write(
                        "HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nevil")),
            anomaly(
                "a member close in Connection",
                Result.GOOD,
                e ->
                    e.write(head("Connection: close, x-a", "X-A: 1", "Content-Length: 3") + "abc")
                        .close()))
        .stream()
        .flatMap(anomaly -> Stream.of("GET", "POST").map(method -> Arguments.of(method, anomaly)));
  }

  private static Anomaly anomaly(String name, Result result, Step step) {
    return new Anomaly(name, result, (exchange, count) -> step.run(exchange));
  }

  @FunctionalInterface
  private interface Step {
    void run(RawServer.Exchange exchange) throws IOException;
  }

  private static String head(String... lines) {
    return "HTTP/1.1 200 OK\r\n"
        + String.join("\r\n", lines)
        + (lines.length == 0 ? "" : "\r\n")
        + "\r\n";
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("anomalies")
  void noExchangeSuffersFromTheOneBefore(String method, Anomaly anomaly) {
    try (var server = RawServer.following((exchange, count) -> exchange.ok("n" + count))) {
      assertEquals("n0", Await.result(client.send(request(method, server))).text());
      server.follow(anomaly.script());
      assertEquals(anomaly.result(), result(method, server));
      server.follow(
          (exchange, count) -> exchange.ok(exchange.head().lines().findFirst().orElse("")));
      for (int i = 0; i < 10; i++) {
        String target = "/next/" + i;
        var next =
            new Upstream.Request(
                method,
                server.origin(),
                target,
                request(method, server).fields(),
                request(method, server).body(),
                Upstreams.PATIENT);
        assertEquals(method + " " + target + " HTTP/1.1", Await.result(client.send(next)).text());
      }
      client.awaitIdle();
    }
  }

  /** What arrives after the next request was sent cannot be told from its answer. */
  @Test
  void anAnswerThatNobodyAskedForClosesTheConnection() {
    try (var server = RawServer.following((exchange, count) -> exchange.ok("abc").ok("evil"))) {
      assertEquals("abc", Await.result(client.send(request("GET", server))).text());
      Waiting.until(() -> server.left() == 1, "closed by the client");
      server.follow((exchange, count) -> exchange.ok("good"));
      assertEquals("good", Await.result(client.send(request("POST", server))).text());
      assertEquals(2, server.connections());
    }
  }

  private static Result result(String method, RawServer server) {
    var answer =
        client
            .send(request(method, server))
            .otherwise(e -> {
              assertEquals(Kind.BROKEN, ((UpstreamException) e).kind());
              return null;
            });
    Upstreams.Whole whole = Await.result(answer);
    if (whole == null) {
      return Result.BROKEN;
    }
    assertTrue(List.of("", "abc").contains(whole.text()), whole.text());
    assertTrue(whole.fields().first("transfer-encoding").isEmpty());
    assertTrue(whole.fields().first("x-a").isEmpty());
    return whole.closeDelimited() ? Result.GOOD_CLOSE_DELIMITED : Result.GOOD;
  }

  private static Upstream.Request request(String method, RawServer server) {
    return method.equals("GET")
        ? Upstreams.get(server.origin(), "/a")
        : Upstreams.post(server.origin(), "/a", "{}");
  }
}
