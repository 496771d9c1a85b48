package io.ccrelay.proxy.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.cache.Bytes;
import io.ccrelay.http.Fields;
import io.ccrelay.policy.run.Outgoing;
import io.ccrelay.policy.run.Urls;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where redirects lead. */
class RedirectsTest {

  private static Outgoing call(String method, String url, boolean clientsBody) {
    return new Outgoing(
        method,
        Urls.parse(url).orElseThrow(),
        Fields.of("Authorization", "secret", "Accept", "text/a", "Content-Type", "text/b"),
        clientsBody ? Optional.empty() : Optional.of(Bytes.utf8("content")),
        clientsBody,
        Duration.ofSeconds(1),
        new Outgoing.Manner(true, false, Optional.empty()));
  }

  private static String next(Outgoing call, int status, String location) {
    return Redirects.next(call, status, Fields.of("Location", location))
        .map(to ->
            to.method()
                + " "
                + to.url()
                + to.body().map(body -> " " + body.toUtf8()).orElse("")
                + " "
                + String.join(
                    ",",
                    StreamSupport.stream(to.fields().spliterator(), false)
                        .map(line -> line.name())
                        .toList()))
        .orElse("none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST | 301 | GET https://a.test/q Authorization,Accept",
        "POST | 302 | GET https://a.test/q Authorization,Accept",
        "PUT  | 302 | PUT https://a.test/q content Authorization,Accept,Content-Type",
        "PUT  | 303 | GET https://a.test/q Authorization,Accept",
        "HEAD | 303 | HEAD https://a.test/q Authorization,Accept",
        "POST | 307 | POST https://a.test/q content Authorization,Accept,Content-Type",
        "POST | 308 | POST https://a.test/q content Authorization,Accept,Content-Type",
        "POST | 300 | none",
        "POST | 304 | none"
      })
  void methodAndContentStayOrGoAsTheStatusSays(String method, int status, String expected) {
    assertEquals(expected, next(call(method, "https://a.test/p/x", false), status, "../q"));
  }

  @Test
  void anotherOriginIsToldNoSecret() {
    assertEquals(
        "GET https://b.test/ content Accept,Content-Type",
        next(call("GET", "https://a.test/", false), 302, "https://b.test/#f"));
  }

  @Test
  void securedServicesDoNotLeadToOthers() {
    assertEquals("none", next(call("GET", "https://a.test/", false), 302, "http://a.test/"));
    assertEquals("none", next(call("GET", "https://a.test/", false), 302, "file:///etc/passwd"));
    assertEquals("none", next(call("GET", "https://a.test/", false), 302, "http://[bad"));
  }

  @Test
  void contentThatPassedByIsNotSentAgain() {
    assertEquals("none", next(call("POST", "https://a.test/", true), 307, "/q"));
    assertEquals(
        "GET https://a.test/q Authorization,Accept",
        next(call("POST", "https://a.test/", true), 303, "/q"));
  }
}
