package io.ccrelay.proxy;

import static io.ccrelay.testing.Ask.field;
import static io.ccrelay.testing.Ask.outcome;
import static io.ccrelay.testing.Chats.ask;
import static io.ccrelay.testing.Chats.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.Scene;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of an answer's head is its own, what is of one exchange, and what clients claim. */
@DisplayName("A16: heads of stored answers, Age, variants and forwarding fields")
class ReplayedHeadTest {

  private static final List<String> OF_THE_EXCHANGE =
      List.of(
          "set-cookie",
          "date",
          "server-timing",
          "cf-ray",
          "via",
          "etag",
          "retry-after",
          "anthropic-ratelimit-tokens-remaining",
          "x-ratelimit-remaining-requests",
          "openai-processing-ms",
          "x-should-retry",
          "alt-svc");

  private Scene scene;

  @BeforeEach
  void start() {
    scene = Scene.of("");
    scene.upstream.always((seen, response) -> {
      OF_THE_EXCHANGE.forEach(name -> response.putHeader(name, "7"));
      response
          .putHeader("content-type", "application/json; charset=utf-8")
          .putHeader("request-id", "req_origin")
          .putHeader("age", "100")
          .putHeader("anthropic-organization-id", "org_1")
          .putHeader("x-of-the-answer", "kept")
          .end(message("Hello"));
    });
  }

  @AfterEach
  void stop() {
    scene.relay.awaitIdle();
    scene.close();
  }

  @Test
  void aHitHasNothingOfThePastExchange() {
    var miss = send();
    for (String name : OF_THE_EXCHANGE) {
      assertEquals("7", field(miss, name), "a miss is unmodified: " + name);
    }
    var hit = send();
    assertEquals("hit", outcome(hit));
    for (String name : OF_THE_EXCHANGE) {
      assertEquals("", field(hit, name), name);
    }
    assertEquals("kept", field(hit, "x-of-the-answer"));
    assertEquals("org_1", field(hit, "anthropic-organization-id"));
    assertEquals(List.of("application/json"), hit.headers().allValues("content-type"));
  }

  @Test
  void everyHitHasAnIdOfItsOwnAndNamesTheFirst() {
    send();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      var hit = send();
      ids.add(field(hit, "request-id"));
      assertEquals(List.of(field(hit, "x-request-id")), hit.headers().allValues("request-id"));
      assertEquals("req_origin", field(hit, "x-cc-relay-cache-origin-request-id"));
    }
    assertEquals(20, ids.size());
    assertFalse(ids.contains("req_origin"));
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 300", "999, 0, 300", "1000, 1, 299", "59400, 59, 241", "299000, 299, 1"})
  void ageIsTheTimeInTheStore(long millis, long age, long ttl) {
    send();
    scene.relay.clock.advance(Duration.ofMillis(millis));
    var hit = send();
    assertEquals(age, Long.parseLong(field(hit, "age")), 1);
    String status = field(hit, "cache-status");
    assertTrue(status.startsWith("cc-relay; hit; ttl="), status);
    assertEquals(ttl, Long.parseLong(status.substring(status.lastIndexOf('=') + 1)), 1);
    assertEquals(1, hit.headers().allValues("age").size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-forwarded-host", "x-forwarded-for", "x-forwarded-proto", "forwarded"})
  void whatClientsClaimOfTheirWayIsNotPassedOn(String name) {
    send(name, "evil.example");
    assertFalse(scene.upstream.last().fields().has(name));
    assertEquals("hit", outcome(send()), "and so it cannot have changed the answer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-original-url", "x-http-method-override", "x-rewrite-url"})
  void whatMayChangeTheAnswerIsAVariantOfItsOwn(String name) {
    send(name, "/evil");
    assertTrue(scene.upstream.last().fields().has(name));
    assertEquals("miss", outcome(send()));
    assertEquals("hit", outcome(send(name, "/evil")));
  }

  @Test
  void setsOfBetasAreTheSameHoweverTheyAreWritten() {
    send("anthropic-beta", "b, a");
    assertEquals("hit", outcome(send("anthropic-beta", "a,b")));
    assertEquals("hit", outcome(send("Anthropic-Beta", " b ,a, a,")));
    assertEquals("hit", outcome(send("anthropic-beta", "a", "anthropic-beta", "b")));
    assertEquals("miss", outcome(send("anthropic-beta", "A,b")));
    assertEquals("miss", outcome(send("anthropic-beta", "a")));
  }

  @Test
  void anUpstreamsVaryIsHonoured() {
    scene.upstream.always(
        FakeUpstream.whole(200, message("Hello"), "vary", "Accept-Encoding, X-Tier, origin"));
    assertEquals("miss", outcome(send("x-tier", "gold")));
    assertEquals("miss", outcome(send("x-tier", "silver")));
    assertEquals("hit", outcome(send("x-tier", "gold")));
    assertEquals("miss", outcome(send()));
  }

  private HttpResponse<String> send(String... fields) {
    var all = new String[fields.length + 2];
    all[0] = "x-api-key";
    all[1] = "k";
    System.arraycopy(fields, 0, all, 2, fields.length);
    return scene.ask.post("/v1/messages", ask("hi"), all);
  }
}
