package io.ccrelay.proxy.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.RawClient;
import io.ccrelay.testing.RawServer;
import io.ccrelay.testing.Relays;
import io.ccrelay.testing.Waiting;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What origins send that they should not, on real sockets through the cache: each answer says that
 * it may be stored, none is stored, and none reaches another exchange.
 */
@DisplayName("Broken answers are never stored and never delivered to another exchange")
class BrokenAnswersTest {

  private static final String FRESH = "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\n";
  private static final String PART =
      "HTTP/1.1 206 Partial\r\nCache-Control: max-age=60\r\nETag: \"1\"\r\n";
  private static final String RANGE = "Range: bytes=2-4\r\n";
  private static final String STORM = "HTTP/1.1 102 Processing\r\nX-Evil: 1\r\n\r\n";

  private static final RawServer ORIGIN =
      RawServer.following((exchange, count) -> exchange.close());
  private static Relays relay;
  private static int targets;

  /** What the client gets. */
  private enum Fate {
    /** An error of the relay's own. */
    REFUSED,
    /** What came, and then the end of the connection. */
    CUT,
    /** The answer as it came. */
    PASSED
  }

  @BeforeAll
  static void start() {
    relay =
        Relays.start(
            """
            server: {listen: "127.0.0.1:0"}
            apis:
              - name: web
                backend: "%s"
                http_cache: on
                timeouts: {first_byte: 400ms, between_bytes: 400ms}
            """
                .formatted(ORIGIN.origin()));
  }

  @AfterAll
  static void stop() {
    relay.close();
    ORIGIN.close();
  }

  static Stream<Arguments> framing() {
    return Stream.of(
        answer(
            "length and chunked",
            Fate.REFUSED,
            FRESH + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"),
        answer(
            "two lengths",
            Fate.REFUSED,
            FRESH + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"),
        answer("two lengths in one line", Fate.REFUSED, FRESH + "Content-Length: 3, 4\r\n\r\nabcd"),
        answer("negative length", Fate.REFUSED, FRESH + "Content-Length: -3\r\n\r\nabc"),
        answer("length with a sign", Fate.REFUSED, FRESH + "Content-Length: +3\r\n\r\nabc"),
        answer(
            "length beyond all numbers",
            Fate.REFUSED,
            FRESH + "Content-Length: 99999999999999999999\r\n\r\nabc"),
        answer("length in hexadecimal", Fate.REFUSED, FRESH + "Content-Length: 0x3\r\n\r\nabc"),
        answer("NUL in a field", Fate.REFUSED, FRESH + "X-A: a\0b\r\nContent-Length: 3\r\n\r\nabc"),
        answer("head too large", Fate.REFUSED, FRESH + "X-A: " + "x".repeat(200_000) + "\r\n\r\n"),
        answer("no HTTP", Fate.REFUSED, "SSH-2.0-OpenSSH_9.2\r\n\r\n"),
        answer("status 099", Fate.REFUSED, "HTTP/1.1 099 Odd\r\nContent-Length: 3\r\n\r\nabc"),
        answer(
            "status of four digits",
            Fate.REFUSED,
            "HTTP/1.1 2000 Odd\r\nContent-Length: 3\r\n\r\nabc"),
        answer(
            "101 not asked for",
            Fate.REFUSED,
            "HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nevil"),
        answer("no answer", Fate.REFUSED, ""),
        answer("half a head", Fate.REFUSED, FRESH + "X-A: a"),
        answer(
            "bad chunk size",
            Fate.CUT,
            FRESH + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\nevil\r\n0\r\n\r\n"),
        answer(
            "chunk size beyond all numbers",
            Fate.CUT,
            FRESH + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nffffffffffffffffff\r\nevil"),
        answer(
            "chunk longer than its size",
            Fate.CUT,
            FRESH + "Transfer-Encoding: chunked\r\n\r\n3\r\nabcevil\r\n0\r\n\r\n"),
        answer(
            "chunks without the last",
            Fate.CUT,
            FRESH + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"),
        answer("fewer bytes than announced", Fate.CUT, FRESH + "Content-Length: 9\r\n\r\nabc"),
        answer(
            "trailers without end",
            Fate.CUT,
            FRESH + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-A: a"));
  }

  static Stream<Arguments> ranges() {
    return Stream.of(
        answer(
            "content shorter than its range",
            Fate.PASSED,
            PART + "Content-Range: bytes 2-9/10\r\nContent-Length: 3\r\n\r\nabc"),
        answer(
            "content longer than its range",
            Fate.PASSED,
            PART + "Content-Range: bytes 2-3/10\r\nContent-Length: 3\r\n\r\nabc"),
        answer(
            "range that ends before it begins",
            Fate.PASSED,
            PART + "Content-Range: bytes 4-2/10\r\nContent-Length: 3\r\n\r\nabc"),
        answer(
            "range beyond its total",
            Fate.PASSED,
            PART + "Content-Range: bytes 8-10/10\r\nContent-Length: 3\r\n\r\nabc"),
        answer(
            "range beyond all numbers",
            Fate.PASSED,
            PART
                + "Content-Range: bytes 99999999999999999999-99999999999999999999/*\r\nContent-Length: 3\r\n\r\nabc"),
        answer(
            "range without numbers",
            Fate.PASSED,
            PART + "Content-Range: bytes */*\r\nContent-Length: 3\r\n\r\nabc"),
        answer("no range at all", Fate.PASSED, PART + "Content-Length: 3\r\n\r\nabc"),
        answer(
            "two ranges",
            Fate.PASSED,
            PART
                + "Content-Range: bytes 2-4/10\r\nContent-Range: bytes 3-5/10\r\nContent-Length: 3\r\n\r\nabc"),
        answer(
            "parts in one",
            Fate.PASSED,
            PART
                + "Content-Type: multipart/byteranges; boundary=b\r\nContent-Length: 3\r\n\r\nabc"),
        answer(
            "a part that breaks off",
            Fate.CUT,
            PART + "Content-Range: bytes 2-8/10\r\nContent-Length: 7\r\n\r\nabc"));
  }

  static Stream<Arguments> storms() {
    return Stream.of(
        answer("interim answers without a final one", Fate.REFUSED, STORM.repeat(2000)),
        answer("interim answers, then nonsense", Fate.REFUSED, STORM.repeat(50) + "evil\r\n\r\n"),
        answer(
            "interim answer without end",
            Fate.REFUSED,
            "HTTP/1.1 102 Processing\r\n" + "X-Evil: 1\r\n".repeat(20_000)));
  }

  private static Arguments answer(String name, Fate fate, String bytes) {
    return Arguments.of(name, fate, bytes);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("framing")
  void brokenFraming(String name, Fate fate, String bytes) throws IOException {
    check(fate, bytes, "");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ranges")
  void mismatchedRanges(String name, Fate fate, String bytes) throws IOException {
    check(fate, bytes, RANGE);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("storms")
  void stormsOfInterimAnswers(String name, Fate fate, String bytes) throws IOException {
    check(fate, bytes, "");
  }

  private static void check(Fate fate, String bytes, String lines) throws IOException {
    String path = "/" + targets++;
    ORIGIN.follow((exchange, count) -> exchange.write(bytes).close());
    assertEquals(fate, fate(path, lines));
    ORIGIN.follow(
        (exchange, count) -> exchange.ok(exchange.head().lines().findFirst().orElseThrow()));
    for (String next : new String[] {"/other" + path, path}) {
      int before = ORIGIN.requests();
      try (var client = new RawClient(relay.port())) {
        var answer = client.send(get(next, lines)).answer().orElseThrow();
        assertEquals("GET " + next + " HTTP/1.1", answer.body());
        assertFalse(answer.fields().getOrDefault("cache-status", "").contains("hit"));
        assertEquals(before + 1, ORIGIN.requests());
      }
    }
  }

  private static Fate fate(String path, String lines) throws IOException {
    try (var client = new RawClient(relay.port())) {
      String all = client.send(get(path, lines + "Connection: close\r\n")).readToEnd();
      Waiting.until(() -> relay.flights.size() == 0, "the end of the flight");
      String last = all.substring(all.lastIndexOf("HTTP/1.1 "));
      assertFalse(last.contains("evil") || last.contains("X-Evil"), all);
      if (last.startsWith("HTTP/1.1 502 ") || last.startsWith("HTTP/1.1 504 ")) {
        assertTrue(last.contains("problem+json"), last);
        return Fate.REFUSED;
      }
      boolean whole =
          last.endsWith("\r\n0\r\n\r\n")
              || last.contains("Content-Length: 3\r\n") && last.endsWith("\r\n\r\nabc");
      return whole ? Fate.PASSED : Fate.CUT;
    }
  }

  private static String get(String path, String lines) {
    return "GET " + path + " HTTP/1.1\r\nHost: h\r\n" + lines + "\r\n";
  }
}
