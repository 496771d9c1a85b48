package io.ccrelay.proxy.api;

import static io.ccrelay.proxy.api.CachedApi.field;
import static io.ccrelay.proxy.api.CachedApi.status;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.testing.RawClient;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator may say of a cache, and what is in its keys. */
class SettingsTest {

  private final CachedApi api = CachedApi.start();

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void theOperatorNamesTheTargetedFieldsInOrder() {
    api.reload("http_cache: {targeted_fields: [Shop-Cache-Control, CDN-Cache-Control]}");
    api.answers(
        "x",
        "Cache-Control",
        "no-store",
        "CDN-Cache-Control",
        "max-age=9",
        "Shop-Cache-Control",
        "max-age=60");
    api.get("/a");
    assertEquals("cc-relay; hit; ttl=60", status(api.get("/a")));
    assertEquals("max-age=60", field(api.get("/a"), "shop-cache-control"));
    api.answers(
        "x", "CDN-Cache-Control", "max-age=9", "Shop-Cache-Control", "max-age=60, Bad, no-store");
    api.get("/b");
    assertEquals("cc-relay; hit; ttl=9", status(api.get("/b")));
  }

  @Test
  void theOperatorMayRefuseResponsesThatSetCookies() {
    api.reload("http_cache: {set_cookie: false}");
    api.answers("x", "Cache-Control", "max-age=60", "Set-Cookie", "a=b");
    api.get("/a");
    var second = api.get("/a");
    assertEquals("cc-relay; fwd=uri-miss; detail=set-cookie", status(second));
    assertEquals("a=b", field(second, "set-cookie"));
  }

  @Test
  void credentialsInTheQueryAreCredentials() {
    api.reload("http_cache: {key: {credential_query: [token], credential_headers: [X-Mine]}}");
    api.answers("x", "Cache-Control", "max-age=60");
    for (int i = 0; i < 2; i++) {
      assertEquals(
          "cc-relay; fwd=uri-miss; detail=credentials", status(api.get("/a?b=1&token=secret")));
      assertEquals(
          "cc-relay; fwd=uri-miss; detail=credentials", status(api.get("/b", "X-Mine", "secret")));
    }
    api.answers("x", "Cache-Control", "max-age=60, public");
    api.get("/a?token=secret");
    assertEquals("cc-relay; hit; ttl=60", status(api.get("/a?token=secret")));
  }

  @Test
  void aHostThatTheOriginSeesIsPartOfTheKey() throws IOException {
    api.reload("http_cache: on, preserve_host: true");
    api.origin.always((seen, response) ->
        response.putHeader("cache-control", "max-age=60").end(seen.fields().first("host").get()));
    for (int i = 0; i < 2; i++) {
      assertEquals("one.example", byHost("one.example"));
      assertEquals("two.example", byHost("two.example"));
    }
    assertEquals("one.example", byHost("ONE.example:80"));
    assertEquals(2, api.calls());
  }

  @Test
  void aHostThatTheOriginDoesNotSeeIsNot() throws IOException {
    api.origin.always((seen, response) ->
        response.putHeader("cache-control", "max-age=60").end(seen.fields().first("host").get()));
    String origin = api.origin.origin().substring("http://".length());
    assertEquals(origin, byHost("one.example"));
    assertEquals(origin, byHost("evil.example"));
    assertEquals(1, api.calls());
  }

  private String byHost(String host) throws IOException {
    try (var client = new RawClient(api.relay.port())) {
      String body =
          client
              .send("GET /a HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
              .answer()
              .orElseThrow()
              .body();
      io.ccrelay.testing.Waiting.until(
          () -> api.relay.flights.size() == 0, "the end of the flight");
      return body;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "OPTIONS", "REPORT"})
  void answersToOtherMethodsAreNotStored(String method) {
    api.answers("x", "Cache-Control", "max-age=60");
    api.ask(method, "/a");
    api.ask(method, "/a");
    assertEquals("cc-relay; fwd=uri-miss; stored", status(api.get("/a")));
    assertEquals(3, api.calls());
  }
}
