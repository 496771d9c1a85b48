package io.ccrelay.proxy.policy;

import static io.ccrelay.proxy.policy.PolicyRelay.document;
import static io.ccrelay.proxy.policy.PolicyRelay.field;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.proxy.policy.PolicyRelay.With;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** What a browser asks before a script may call, as the gateway answers it. */
class PreflightTest {

  private static final String CORS =
      "<cors%s><allowed-origins><origin>https://a.test</origin></allowed-origins></cors>";

  private static String cors(String attributes) {
    return CORS.formatted(attributes);
  }

  private static HttpResponse<String> preflight(PolicyRelay relay, String origin) {
    return relay.ask(
        "OPTIONS", "/items/1", "", "Origin", origin, "Access-Control-Request-Method", "GET");
  }

  @Test
  void operationOfTheRequestedMethodIsEnough() {
    try (var relay =
        new With(document(cors(""), "")).operation("get", "GET", "/items/{id}").start()) {
      var answer = preflight(relay, "https://a.test");
      assertEquals(200, answer.statusCode());
      assertEquals("https://a.test", field(answer, "Access-Control-Allow-Origin"));
      assertEquals(0, relay.backend.calls());
    }
  }

  @Test
  void withoutCorsThereIsNoSuchOperation() {
    try (var relay = new With(document("", "")).operation("get", "GET", "/items/{id}").start()) {
      assertEquals(404, preflight(relay, "https://a.test").statusCode());
    }
  }

  @Test
  void nothingButCorsIsLookedAt() {
    String strict =
        "<check-header name=\"K\" failed-check-httpcode=\"401\" failed-check-error-message=\"no\" ignore-case=\"true\" /><rate-limit-by-key calls=\"1\" renewal-period=\"60\" counter-key=\"k\" />";
    try (var relay = PolicyRelay.under(document(strict + cors(""), ""))) {
      for (int i = 0; i < 3; i++) {
        var answer = preflight(relay, "https://a.test");
        assertEquals(200, answer.statusCode());
        assertEquals("https://a.test", field(answer, "Access-Control-Allow-Origin"));
      }
    }
  }

  @Test
  void unmatchedOriginIsAskedOfTheNextCorsAndNeverOfTheBackend() {
    String second =
        "<cors><allowed-origins><origin>https://b.test</origin></allowed-origins></cors>";
    String first = cors(" terminate-unmatched-request=\"false\"");
    try (var relay = PolicyRelay.under(document(first + second, ""))) {
      assertEquals(
          "https://b.test",
          field(preflight(relay, "https://b.test"), "Access-Control-Allow-Origin"));
      var other = preflight(relay, "https://c.test");
      assertEquals(200, other.statusCode());
      assertEquals("", field(other, "Access-Control-Allow-Origin"));
      assertEquals(0, relay.backend.calls());
    }
  }

  @Test
  void simpleRequestOfAnotherOriginEndsOrGoesOnAsTheDocumentSays() {
    try (var relay = PolicyRelay.under(document(cors(""), ""))) {
      relay.answers("in");
      assertEquals("", relay.get("/", "Origin", "https://b.test").body());
      assertEquals(0, relay.backend.calls());
      assertEquals("in", relay.ask("POST", "/", "x", "Origin", "https://b.test").body());
      assertEquals("in", relay.get("/").body());
    }
    try (var relay =
        PolicyRelay.under(document(cors(" terminate-unmatched-request=\"false\""), ""))) {
      relay.answers("in");
      var answer = relay.get("/", "Origin", "https://b.test");
      assertEquals("in", answer.body());
      assertEquals("", field(answer, "Access-Control-Allow-Origin"));
    }
  }
}
