package io.ccrelay.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.http.Fields;
import io.ccrelay.proxy.Admission.Admitted;
import io.ccrelay.proxy.Admission.Refused;
import io.vertx.core.http.HttpVersion;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {

  private static Admission of(String method, String target, String... fields) {
    return Admission.of(method, target, HttpVersion.HTTP_1_1, Fields.of(fields));
  }

  private static void assertRefused(Refusal reason, Admission admission) {
    assertEquals(new Refused(reason), admission);
  }

  @Test
  void anOrdinaryRequestIsAdmittedWithItsEndToEndFields() {
    var admission =
        of("POST", "/v1/messages?beta=true", "Host", "relay:8787", "Content-Length", "5", "X", "y");
    assertEquals(
        new Admitted("/v1/messages", "beta=true", "relay:8787", Fields.of("X", "y")), admission);
    assertEquals("/v1/messages?beta=true", ((Admitted) admission).target());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/", "/v1/messages", "/v1/messages/", "/a;b=c/d", "/a:b@c", "/%20", "/%C3%A9", "/%2B",
        "/...", "/.well-known", "/a..b", "/%3Fb", "/a?", "/a?/../x", "/a?b=%00", "/a?[x]={y}|z"
      })
  void targetsWithOneReadingAreAdmitted(String target) {
    assertInstanceOf(Admitted.class, of("GET", target, "Host", "a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "*",
        "?",
        "//",
        "//evil",
        "/a//b",
        "/./a",
        "/a/.",
        "/a/..",
        "/../a",
        "/a/..;x/b",
        "/%2e%2e/a",
        "/%2E/a",
        "/a%2fb",
        "/a%2Fb",
        "/a%5cb",
        "/a\\b",
        "/%00",
        "/%0d%0a",
        "/%7f",
        "/%61dmin",
        "/%7e",
        "/%",
        "/%2",
        "/%zz",
        "/%2g",
        "/\u00e9",
        "/a b",
        "/a#b",
        "/a?b#c",
        "/a?b c",
        "/a?\u00e9",
        "/a[b]",
        "/a{b}",
        "/a|b",
        "/a\"b",
        "/a<b>",
        "/a^b",
        "/a`b",
        "http:/a",
        "ftp://a/b",
        "HTTP://a/b",
        "http://a",
        "http:///b",
        "http://a/../b",
        "http://user@a/b",
        "://a/b"
      })
  void targetsWithoutOrWithSeveralReadingsAreRefused(String target) {
    assertInstanceOf(Refused.class, of("GET", target, "Host", "a"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://a/b, a, true",
    "http://a:80/b, a, true",
    "http://a/b, A:80, true",
    "https://a/b, a:443, true",
    "http://a:81/b, a, false",
    "https://a/b, a:80, false",
    "http://b/b, a, false",
    "http://[::1]/b, [::1]:80, true"
  })
  void absoluteTargetsMustAgreeWithHost(String target, String host, boolean agrees) {
    if (agrees) {
      assertEquals("/b", ((Admitted) of("GET", target, "Host", host)).path());
    } else {
      assertRefused(Refusal.HOST_MISMATCH, of("GET", target, "Host", host));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "a.b-c_d", "127.0.0.1", "127.0.0.1:1", "[::1]", "[::1]:65535", "a:0"})
  void validAuthorities(String authority) {
    assertTrue(Authority.isValid(authority));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        ":1",
        "a:",
        "a:b",
        "a:65536",
        "a:999999999999",
        "a b",
        "a/b",
        "u@a",
        "a,b",
        "[]",
        "[::1",
        "[::1]x",
        "[::g]",
        "[a]",
        "a\u00e9",
        "a:1:2",
        "a%41",
        "[::1%25eth0]"
      })
  void invalidAuthorities(String authority) {
    assertFalse(Authority.isValid(authority));
    assertRefused(Refusal.HOST, of("GET", "/", "Host", authority));
  }

  @Test
  void onlyHttp10MayLackHost() {
    var none = Fields.none();
    assertInstanceOf(Admitted.class, Admission.of("GET", "/", HttpVersion.HTTP_1_0, none));
    assertRefused(Refusal.HOST, Admission.of("GET", "/", HttpVersion.HTTP_1_1, none));
    assertRefused(Refusal.HOST, Admission.of("GET", "/", HttpVersion.HTTP_2, none));
    assertRefused(Refusal.HOST, of("GET", "/", "Host", "a", "host", "a"));
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECT, TUNNEL",
    "TRACE, TUNNEL",
    "get, METHOD",
    "Get, METHOD",
    "'', METHOD",
    "G T, METHOD",
    "GET1, METHOD"
  })
  void methodsThatAreRefused(String method, Refusal reason) {
    assertRefused(reason, of(method, "/", "Host", "a"));
  }

  @Test
  void unknownMethodsAreLeftToTheRoutes() {
    assertInstanceOf(Admitted.class, of("PROPFIND", "/", "Host", "a"));
    assertInstanceOf(Admitted.class, of("M-SEARCH", "/", "Host", "a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host",
        "content-length",
        "Authorization",
        "X-Api-Key",
        "x-api-key , close",
        "close,cache-control",
        "Transfer-Encoding",
        "Anthropic-Version",
        "keep-alive,\tcookie"
      })
  void criticalFieldsMustNotBeNominated(String options) {
    assertRefused(Refusal.CONNECTION_OPTION, of("GET", "/", "Host", "a", "Connection", options));
  }

  @Test
  void nominatedFieldsAreHopByHop() {
    var admission =
        of("GET", "/", "X-A", "1", "Host", "a", "Connection", "x-a, x-c", "X-B", "2", "X-C", "3");
    assertEquals(Fields.of("X-B", "2"), ((Admitted) admission).fields());
  }

  @ParameterizedTest
  @CsvSource({
    "Transfer-Encoding, gzip, TRANSFER_CODING",
    "Transfer-Encoding, 'gzip, chunked', TRANSFER_CODING",
    "Transfer-Encoding, '', TRANSFER_CODING",
    "Expect, 200-ok, EXPECTATION",
    "'', v, FIELD_NAME",
    "Sec-WebSocket-Key1, v, FRAMING"
  })
  void fieldsThatAreRefused(String name, String value, Refusal reason) {
    assertRefused(reason, of("POST", "/", "Host", "a", name, value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Api-Key", "authorization", "Content-Type"})
  void fieldsThatMustBeSingle(String name) {
    assertRefused(
        Refusal.DUPLICATE_FIELD, of("POST", "/", "Host", "a", name, "1", "X", "y", name, "1"));
  }

  @Test
  void contradictingFramingIsRefused() {
    assertRefused(
        Refusal.FRAMING,
        of("POST", "/", "Host", "a", "Content-Length", "1", "Transfer-Encoding", "chunked"));
    assertRefused(
        Refusal.FRAMING,
        of("POST", "/", "Host", "a", "Content-Length", "1", "Content-Length", "1"));
    assertRefused(
        Refusal.FRAMING,
        of(
            "POST",
            "/",
            "Host",
            "a",
            "Transfer-Encoding",
            "chunked",
            "Transfer-Encoding",
            "chunked"));
  }

  @Test
  void contentOfGetAndHeadIsRefused() {
    assertRefused(Refusal.UNEXPECTED_CONTENT, of("GET", "/", "Host", "a", "Content-Length", "1"));
    assertRefused(
        Refusal.UNEXPECTED_CONTENT, of("HEAD", "/", "Host", "a", "Transfer-Encoding", "chunked"));
    assertInstanceOf(Admitted.class, of("GET", "/", "Host", "a", "Content-Length", "0"));
    assertInstanceOf(Admitted.class, of("DELETE", "/", "Host", "a", "Content-Length", "1"));
  }

  @Test
  void aHundredFieldsAreTheMost() {
    var hundred = new String[200];
    Arrays.fill(hundred, "x");
    hundred[0] = "host";
    assertInstanceOf(Admitted.class, of("GET", "/", hundred));
    assertRefused(
        Refusal.TOO_MANY_FIELDS,
        Admission.of("GET", "/", HttpVersion.HTTP_1_1, Fields.of(hundred).plus("x", "x")));
  }

  @ParameterizedTest
  @CsvSource({
    "connection, close",
    "keep-alive, 5",
    "proxy-connection, x",
    "transfer-encoding, chunked",
    "upgrade, x",
    "te, gzip",
    "http2-settings, x"
  })
  void connectionSpecificFieldsHaveNoPlaceInHttp2(String name, String value) {
    assertRefused(
        Refusal.CONNECTION_FIELD,
        Admission.of("POST", "/", HttpVersion.HTTP_2, Fields.of("host", "a", name, value)));
  }

  @Test
  void trailersMayBeExpectedOverHttp2() {
    assertInstanceOf(
        Admitted.class,
        Admission.of("GET", "/", HttpVersion.HTTP_2, Fields.of("host", "a", "te", "trailers")));
  }

  @Test
  void fieldsWithTheLengthsOfSpecialOnesAreKept() {
    String[] kept = {
      "ab",
      "1",
      "abcd",
      "2",
      "abcdef",
      "3",
      "abcdefg",
      "4",
      "abcdefghi",
      "5",
      "abcdefghij",
      "6",
      "abcdefghijkl",
      "7",
      "abcdefghijklm",
      "8",
      "abcdefghijklmn",
      "9",
      "abcdefghijklmnop",
      "10",
      "abcdefghijklmnopq",
      "11",
      "abcdefghijklmnopqr",
      "12",
      "abcdefghijklmnopqrs",
      "13"
    };
    var fields = Fields.of(kept);
    assertEquals(
        fields, ((Admitted) Admission.of("GET", "/", HttpVersion.HTTP_1_0, fields)).fields());
    assertEquals(
        fields,
        ((Admitted) Admission.of("GET", "/", HttpVersion.HTTP_2, fields.plus("host", "a")))
            .fields());
  }
}
