package io.ccrelay.proxy.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.http.HttpDate;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a shared cache must do, through a whole relay: the origin answers the same twice, the client
 * asks, waits some seconds and asks again.
 *
 * <p>Lines of fields are parted by {@code &}; an answer may begin with its status; {@code {-60}} is
 * the date a minute ago. Of the second request the last column says whether it was a {@code hit},
 * {@code asked} the origin, or a {@code 304} from the store; then lines the client gets, {@code
 * -Name} for a field it does not get, and {@code >} before a line that the origin gets.
 */
class SharedCacheRulesTest {

  private static CachedApi api;
  private static int targets;

  @BeforeAll
  static void start() {
    api = CachedApi.start();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @ParameterizedTest(name = "{0}: {1} / {2} / {3} s / {4} -> {5}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          9111 3       | Cache-Control: max-age=60                          |                         |  0 | | hit
          9111 3       | Cache-Control: max-age=60, no-store                |                         |  0 | | asked
          9111 5.2.1.5 | Cache-Control: max-age=60                          | Cache-Control: no-store |  0 | | asked
          9111 3       | Cache-Control: max-age=60, private                 |                         |  0 | | asked
          9111 3       | X: y                                               |                         |  0 | | asked
          9111 3       | 404 Cache-Control: public & Last-Modified: {-1000} |                         | 99 | | hit
          9111 3       | 299 Cache-Control: max-age=60                      |                         |  0 | | hit
          9111 5.2.2.3 | Cache-Control: max-age=60, must-understand, no-store |                       |  0 | | hit
          9111 5.2.2.3 | 299 Cache-Control: max-age=60, must-understand     |                         |  0 | | asked
          9111 4.1     | Cache-Control: max-age=60 & Vary: *                |                         |  0 | | asked
          9111 4.1     | Cache-Control: max-age=60 & Vary: X & Vary: Y, *   |                         |  0 | | asked
          9111 3.1     | Cache-Control: max-age=60 & Proxy-Authentication-Info: a & Proxy-Authenticate: b | | 0 | | hit & -Proxy-Authentication-Info & -Proxy-Authenticate
          9111 3.1     | Cache-Control: max-age=60 & Connection: X-A, x-b & X-A: 1 & X-B: 2 & Keep-Alive: 5 | | 0 | | hit & -X-A & -X-B & -Keep-Alive
          9111 3.1     | Cache-Control: max-age=60, odd=1 & X-A: 1 & X-A: 2 & Content-Encoding: odd & Vary: Accept-Encoding | | 0 | | hit & Cache-Control: max-age=60, odd=1 & X-A: 1 + 2 & Content-Encoding: odd
          9110 14.4    | Cache-Control: max-age=60 & Content-Range: bytes 0-1/9 |                     |  0 | | hit & Content-Range: bytes 0-1/9
          9111 7.3     | Cache-Control: max-age=60 & Set-Cookie: a=b        |                         |  0 | | hit & Set-Cookie: a=b
          """)
  void storing(String rule, String answer, String first, int wait, String second, String outcome) {
    check(answer, first, wait, second, outcome);
  }

  @ParameterizedTest(name = "{0}: {1} / {2} / {3} s / {4} -> {5}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          9111 4.2.1   | Cache-Control: s-maxage=60, max-age=1     | | 59 | | hit
          9111 4.2.1   | Cache-Control: s-maxage=1, max-age=60     | |  2 | | asked
          9111 5.3     | Cache-Control: max-age=60 & Expires: {-9} | | 59 | | hit
          9111 5.3     | Cache-Control: max-age=1 & Expires: {+99} | |  2 | | asked
          9111 4.2     | Cache-Control: max-age=60                 | | 59 | | hit
          9111 4.2     | Cache-Control: max-age=60                 | | 60 | | asked
          9111 4.2.1   | Date: {+0} & Expires: {+60}               | | 59 | | hit
          9111 4.2.1   | Date: {+0} & Expires: {+60}               | | 61 | | asked
          9111 4.2.1   | Date: {+3600} & Expires: {+3660}          | | 59 | | hit
          9111 4.2.1   | Date: {+3600} & Expires: {+3660}          | | 61 | | asked
          9111 4.2.1   | Expires: {+60}                            | | 59 | | hit
          9111 5.3     | Expires: 0 & Last-Modified: {-9999}       | |  0 | | asked
          9111 5.3     | Expires: {+60} & Expires: {+90}           | |  0 | | asked
          9111 5.3     | Expires: {+60} & Expires: {+60}           | | 59 | | hit
          9111 4.2.1   | Cache-Control: max-age=-1                 | |  0 | | asked
          9111 4.2.1   | Cache-Control: max-age=60.5               | |  0 | | asked
          9111 4.2.1   | Cache-Control: max-age='60'               | |  0 | | asked
          9111 4.2.1   | Cache-Control: max-age= 60                | |  0 | | asked
          9111 4.2.1   | Cache-Control: max-age                    | |  0 | | asked
          9111 4.2.1   | Cache-Control: max-age=                   | |  0 | | asked
          9111 4.2.1   | Cache-Control: s-maxage=x, max-age=60     | |  0 | | asked
          9111 4.2.1   | Expires: Fri, 31 Dec 9999 23:59:59 GMT    | | 99 | | hit
          9111 4.2.3   | Cache-Control: max-age=60 & Date: Fri, 31 Dec 9999 23:59:59 GMT | | 9 | | hit & Age: 9
          9111 4.2.3   | Cache-Control: max-age=60 & Age: -9223372036854775809 | | 9 | | hit & Age: 9
          9111 4.2.3   | Cache-Control: max-age=60 & Age: 9223372036854775808 | | 0 | | asked
          9111 4.2.2   | Last-Modified: {+9999}                    | |  0 | | asked
          9111 1.2.2   | Cache-Control: max-age=0000060            | | 59 | | hit
          9111 1.2.2   | Cache-Control: max-age=99999999999999999  | | 99 | | hit
          9111 5.2     | Cache-Control: MAX-AGE="60"               | | 59 | | hit
          9111 5.2     | Cache-Control: odd="a, no-store", max-age=60 | | 59 | | hit
          9111 4.2.1   | Cache-Control: max-age=1, max-age=60      | |  2 | | asked
          9111 4.2.1   | Cache-Control: max-age=60 & Cache-Control: no-store | | 0 | | asked
          9213 2.1     | Cache-Control: no-store & CDN-Cache-Control: max-age=60 | | 59 | | hit & CDN-Cache-Control: max-age=60
          9213 2.1     | Cache-Control: max-age=60 & CDN-Cache-Control: no-store | | 0 | | asked
          9213 2.1     | Cache-Control: max-age=60 & CDN-Cache-Control: private | | 0 | | asked
          9213 2.1     | Cache-Control: max-age=60 & CDN-Cache-Control: max-age=60, no-cache | | 0 | | asked
          9213 2.1     | Expires: {+60} & CDN-Cache-Control: max-age=1 | | 2 | | asked
          9213 2.1     | Cache-Control: max-age=60 & CDN-Cache-Control: & X: y | | 59 | | hit
          9213 2.1     | Cache-Control: max-age=60 & CDN-Cache-Control: no-store, &,  | | 59 | | hit
          9213 2.1     | Cache-Control: max-age=60 & CDN-Cache-Control: No-Store | | 59 | | hit
          9213 2.1     | Cache-Control: no-store & CDN-Cache-Control: max-age="60" | | 0 | | asked
          9213 2.1     | Cache-Control: no-store & CDN-Cache-Control: max-age=60.0 | | 0 | | asked
          9213 2.1     | Cache-Control: x & CDN-Cache-Control: max-age=9, stale-while-revalidate=60 | | 20 | | hit
          9213 2.1     | Cache-Control: x & CDN-Cache-Control: max-age=9, must-revalidate, stale-while-revalidate=60 | | 20 | | asked
          9111 4.2.3   | Cache-Control: max-age=60 & Age: 50       | |  9 | | hit & Age: 59
          9111 4.2.3   | Cache-Control: max-age=60 & Age: 50       | | 10 | | asked
          9111 5.1     | Cache-Control: max-age=60 & Age: 5.0      | |  9 | | hit & Age: 9
          9111 5.1     | Cache-Control: max-age=60 & Age: 10, 99   | |  9 | | hit & Age: 19
          9111 4.2.3   | Cache-Control: max-age=60 & Date: {-30}   | |  9 | | hit & Age: 39
          9111 4.2.2   | Last-Modified: {-1000}                    | | 99 | | hit
          9111 4.2.2   | Last-Modified: {-1000}                    | | 101 | | asked
          9111 4.2.2   | 201 Last-Modified: {-1000}                | |  0 | | asked
          9111 4.2.2   | 302 Last-Modified: {-1000}                | |  0 | | asked
          9111 4.2.2   | 503 Last-Modified: {-1000}                | |  0 | | asked
          9110 5.6.7   | Expires: Thu, 01-Jan-2099 00:00:00 GMT    | |  0 | | asked
          """)
  void freshness(
      String rule, String answer, String first, int wait, String second, String outcome) {
    check(answer, first, wait, second, outcome);
  }

  @ParameterizedTest(name = "{0}: {1} / {2} / {3} s / {4} -> {5}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          9111 5.2.1.4 | Cache-Control: max-age=60               | |  0 | Cache-Control: no-cache  | asked & >Cache-Control: no-cache
          9111 5.2.1.1 | Cache-Control: max-age=60               | |  6 | Cache-Control: max-age=5 | asked & >Cache-Control: max-age=5
          9111 5.2.1.1 | Cache-Control: max-age=60               | |  5 | Cache-Control: max-age=5 | hit
          9111 5.2.1.3 | Cache-Control: max-age=60               | | 55 | Cache-Control: min-fresh=9 | asked
          9111 5.2.1.3 | Cache-Control: max-age=60               | | 50 | Cache-Control: min-fresh=9 | hit
          9111 5.2.1.2 | Cache-Control: max-age=60               | | 65 | Cache-Control: max-stale | hit & Age: 65
          9111 5.2.1.2 | Cache-Control: max-age=60               | | 65 | Cache-Control: max-stale=4 | asked
          9111 5.2.1.2 | Cache-Control: max-age=60, must-revalidate | | 65 | Cache-Control: max-stale | asked
          9111 5.4     | Cache-Control: max-age=60               | |  0 | Pragma: no-cache         | asked & >Pragma: no-cache
          9111 5.4     | Cache-Control: max-age=60               | |  0 | Pragma: no-cache & Cache-Control: max-age=99 | hit
          8246 2       | Cache-Control: max-age=60, immutable    | |  9 | Cache-Control: max-age=0 | hit
          8246 2       | Cache-Control: max-age=60, immutable    | |  9 | Cache-Control: no-cache  | asked
          8246 2       | Cache-Control: max-age=60, immutable    | | 61 |                          | asked
          9111 5.2.2.4 | Cache-Control: max-age=60, no-cache & ETag: "1" | | 0 |                   | asked & >If-None-Match: "1"
          9111 4.1     | Cache-Control: max-age=60 & Vary: X     | X: 1 | 0 | X: 2                | asked
          9111 4.1     | Cache-Control: max-age=60 & Vary: X     |      | 0 | X: 2                | asked
          9111 4.1     | Cache-Control: max-age=60 & Vary: X     | X: 1 | 0 |                     | asked
          9111 4.1     | Cache-Control: max-age=60 & Vary: X     | X: 1,2 | 0 | X: 1 & X: 2       | hit
          9111 4.1     | Cache-Control: max-age=60 & Vary: x & Vary: Y | X: 1 & Y: 1 | 0 | X: 1 & Y: 2 | asked
          9111 4.3.1   | Cache-Control: max-age=9 & ETag: W/"1"  | | 10 |                          | asked & >If-None-Match: W/"1"
          9111 4.3.1   | Cache-Control: max-age=9 & Last-Modified: Wed, 31 Dec 2025 00:00:00 GMT | | 10 | | asked & >If-Modified-Since: Wed, 31 Dec 2025 00:00:00 GMT
          9111 4.3.1   | Cache-Control: max-age=9 & ETag: "1" & Vary: X | X: 1 | 10 | X: 1         | asked & >If-None-Match: "1" & >X: 1
          9110 13.1.2  | Cache-Control: max-age=60 & ETag: "1"   | |  0 | If-None-Match: W/"1"     | 304 & ETag: "1" & Age: 0
          9110 13.1.2  | Cache-Control: max-age=60               | |  0 | If-None-Match: *         | 304
          9110 13.1.3  | Cache-Control: max-age=60 & ETag: "1" & Last-Modified: {-9} | | 0 | If-None-Match: "2" & If-Modified-Since: {+9} | hit
          9110 13.1.3  | Cache-Control: max-age=60 & Last-Modified: {-9} | | 0 | If-Modified-Since: {-9} | 304
          9110 13.1.3  | Cache-Control: max-age=60 & Last-Modified: {-9} | | 0 | If-Modified-Since: {-10} | hit
          9110 13.1.3  | Cache-Control: max-age=60 & Last-Modified: {-9} | | 0 | If-Modified-Since: soon | hit
          9111 4.3.2   | Cache-Control: max-age=60 & Date: {-5}  | |  0 | If-Modified-Since: {-5}  | 304
          9110 15.4.5  | Cache-Control: max-age=60 & ETag: "1" & Expires: {+60} & Vary: X & Content-Location: /b & X-Else: y | | 0 | If-None-Match: "1" | 304 & ETag: "1" & Cache-Control: max-age=60 & Vary: X & Content-Location: /b & -X-Else
          9111 4.3.2   | Cache-Control: max-age=60 & ETag: "1"   | |  0 | If-Match: "1"            | asked & >If-Match: "1" & ->If-None-Match
          9111 4.3.2   | Cache-Control: max-age=60               | |  0 | If-Unmodified-Since: {+0} | asked
          9110 13.2.2  | Cache-Control: max-age=60 & ETag: "1"   | |  0 | If-None-Match: "1" & Range: bytes=0-1 | 304
          9110 13.1.5  | Cache-Control: max-age=60 & ETag: W/"1" | |  0 | If-Range: W/"1" & Range: bytes=0-1 | hit
          9211 2       | Cache-Control: max-age=60 & Cache-Status: Origin; hit | | 0 |            | hit & Cache-Status: Origin; hit + cc-relay; hit; ttl=60
          """)
  void reuse(String rule, String answer, String first, int wait, String second, String outcome) {
    check(answer, first, wait, second, outcome);
  }

  @ParameterizedTest(name = "{0}: {1} / {2} / {3} s / {4} -> {5}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          9111 3.5     | Cache-Control: max-age=60                     | Authorization: a | 0 | Authorization: a | asked & >Authorization: a
          9111 3.5     | Cache-Control: max-age=60                     | X-Api-Key: a     | 0 | X-Api-Key: a     | asked
          9111 3.5     | Cache-Control: max-age=60, public             | Authorization: a | 0 | Authorization: b | hit
          9111 3.5     | Cache-Control: s-maxage=60                    | Authorization: a | 0 |                  | hit
          9111 3.5     | Cache-Control: max-age=60, must-revalidate    | Authorization: a | 0 |                  | hit
          9111 3.5     | Cache-Control: private & CDN-Cache-Control: max-age=60, public | Authorization: a | 0 | | hit
          9111 3.5     | Cache-Control: public & CDN-Cache-Control: max-age=60 | Authorization: a | 0 |           | asked
          9111 3.5     | Cache-Control: max-age=9, must-revalidate, stale-while-revalidate=60 | Authorization: a | 20 | | asked
          9111 5.2.2.7 | Cache-Control: max-age=60, private="x-me" & X-Me: 1 & X-All: 2 |      | 0 |              | hit & -X-Me & X-All: 2
          9111 5.2.2.7 | Cache-Control: max-age=60, PRIVATE=X-Me & X-Me: 1     |               | 0 |              | hit & -X-Me
          9111 5.2.2.7 | Cache-Control: max-age=60, private="a", private       |               | 0 |              | asked
          9111 5.2.2.4 | Cache-Control: max-age=60, no-cache="X-Me, b" & X-Me: 1 & X-All: 2 |  | 0 |              | hit & -X-Me & X-All: 2
          9111 5.2.2.6 | Cache-Control: max-age=60, no-transform               |               | 0 |              | hit & Cache-Control: max-age=60, no-transform
          9111 4.2.4   | Cache-Control: max-age=9, stale-while-revalidate=60   |               | 20 |             | hit & Age: 20
          9111 5.5     | Cache-Control: max-age=9, stale-while-revalidate=60   |               | 20 |             | hit & -Warning
          5861 3       | Cache-Control: max-age=9, stale-while-revalidate=9    |               | 19 |             | asked
          9111 4.2.4   | Cache-Control: max-age=9, stale-while-revalidate=60, must-revalidate  | | 20 |          | asked
          9111 4.2.4   | Cache-Control: max-age=9, stale-while-revalidate=60, proxy-revalidate | | 20 |          | asked
          9111 4.2.4   | Cache-Control: s-maxage=9, stale-while-revalidate=60  |               | 20 |             | asked
          9111 4.2.4   | Cache-Control: max-age=9, stale-while-revalidate=60, no-cache & ETag: "1" | | 20 |      | asked & >If-None-Match: "1"
          """)
  void restrictions(
      String rule, String answer, String first, int wait, String second, String outcome) {
    check(answer, first, wait, second, outcome);
  }

  private static void check(String answer, String first, int wait, String second, String outcome) {
    String path = "/" + targets++;
    int status = answer.matches("\\d{3} .*") ? Integer.parseInt(answer.substring(0, 3)) : 200;
    api.origin.always(
        CachedApi.answer(status, "body", lines(status == 200 ? answer : answer.substring(4))));
    api.get(path, lines(first));
    int before = api.calls();
    api.wait(wait);
    var got = api.get(path, lines(second));
    String[] expected = outcome.split(" & ");
    switch (expected[0]) {
      case "hit" -> {
        assertEquals(status, got.statusCode());
        assertEquals("body", got.body());
        assertTrue(CachedApi.status(got).contains("cc-relay; hit"), CachedApi.status(got));
      }
      case "304" -> {
        assertEquals(304, got.statusCode());
        assertEquals(before, api.calls());
        assertTrue(CachedApi.status(got).contains("cc-relay; hit"), CachedApi.status(got));
      }
      case "asked" -> {
        assertEquals(before + 1, api.calls());
        assertTrue(CachedApi.status(got).contains("cc-relay; fwd="), CachedApi.status(got));
      }
      default -> throw new AssertionError(outcome);
    }
    Arrays.stream(expected).skip(1).forEach(line -> checkLine(line, got));
  }

  private static void checkLine(String line, HttpResponse<String> got) {
    var asked = api.origin.last().fields();
    if (line.startsWith("->")) {
      assertFalse(asked.has(line.substring(2)), line);
    } else if (line.startsWith(">")) {
      assertEquals(value(line), String.join(" + ", asked.all(name(line.substring(1)))), line);
    } else if (line.startsWith("-")) {
      assertFalse(got.headers().firstValue(line.substring(1)).isPresent(), line);
    } else {
      assertEquals(value(line), String.join(" + ", got.headers().allValues(name(line))), line);
    }
  }

  private static String name(String line) {
    return line.substring(0, line.indexOf(':'));
  }

  private static String value(String line) {
    return line.substring(line.indexOf(':') + 1).strip();
  }

  /** Alternating names and values. */
  private static String[] lines(String text) {
    List<String> lines = new ArrayList<>();
    if (text != null) {
      for (String line : dated(text).split(" & ")) {
        lines.add(name(line));
        lines.add(value(line));
      }
    }
    return lines.toArray(String[]::new);
  }

  private static String dated(String text) {
    return Pattern.compile("\\{([+-]\\d+)\\}")
        .matcher(text)
        .replaceAll(found ->
            HttpDate.format(api.relay.clock.instant().plusSeconds(Long.parseLong(found.group(1)))));
  }
}
