package io.ccrelay.proxy.policy;

import static io.ccrelay.proxy.policy.PolicyRelay.answer;
import static io.ccrelay.proxy.policy.PolicyRelay.field;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.proxy.policy.PolicyRelay.With;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The documents in {@code conf/policies}. */
class OwnDocumentsTest {

  private static final String[] ALICE = {"Ocp-Apim-Subscription-Key", PolicyRelay.KEY};

  private static With own(String name) {
    try {
      return new With(Files.readString(Path.of("conf/policies", name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitStored(PolicyRelay relay) {
    Waiting.until(() -> relay.relay.store.stats().result().keyCount() > 0, "something is stored");
  }

  @Test
  void responseCacheAnswersARepeatedGet() {
    try (var relay = own("response-cache.xml").name("cache-seconds", "60").start()) {
      relay.answers("x");
      relay.get("/");
      awaitStored(relay);
      assertEquals("x", relay.get("/").body());
      assertEquals(1, relay.backend.calls());
    }
  }

  @Test
  void costGuardCachesRepeatableQuestionsAndLimitsTheOthers() {
    try (var relay =
        own("llm-cost-guard.xml")
            .name("llm-tokens-per-minute", "100")
            .name("llm-tokens-per-day", "1000")
            .start()) {
      relay.answers("{\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":70}}");
      String repeatable =
          "{\"temperature\":0,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
      String other = repeatable.replace("\"temperature\":0", "\"temperature\":1");

      assertEquals(200, relay.ask("POST", "/chat", repeatable).statusCode());
      awaitStored(relay);
      var again = relay.ask("POST", "/chat", repeatable);
      assertEquals("200 cached", again.statusCode() + " " + field(again, "x-cost-guard"));
      assertEquals(1, relay.backend.calls());

      relay.ask("POST", "/chat", other);
      Waiting.until(
          () -> relay.ask("POST", "/chat", other).statusCode() == 429, "the minute is used");
      assertEquals(200, relay.ask("POST", "/chat", repeatable).statusCode());
      relay.wait(60);
      var next = relay.ask("POST", "/chat", other);
      assertEquals(200, next.statusCode());
      assertEquals(false, field(next, "x-remaining-tokens-today").isEmpty());
    }
  }

  @Test
  void teamQuotaIsNotUsedByHitsNorByFailures() {
    try (var relay =
        own("team-quota.xml").name("team-calls", "2").name("team-burst", "100").start()) {
      relay.answers("x");
      assertEquals(200, relay.get("/1", ALICE).statusCode());
      awaitStored(relay);
      for (int i = 0; i < 5; i++) {
        assertEquals(200, relay.get("/1", ALICE).statusCode());
      }
      relay.backend.next(answer(500, "down"));
      assertEquals(500, relay.get("/2", ALICE).statusCode());
      assertEquals(200, relay.get("/3", ALICE).statusCode());
      Waiting.until(() -> relay.get("/4", ALICE).statusCode() == 403, "the day is used");
      assertEquals(200, relay.get("/1", ALICE).statusCode());
      assertEquals(200, relay.get("/5").statusCode(), "another team has its own");
    }
  }

  @Test
  void backendTokenIsObtainedOnceRefreshedInTimeAndThrownAwayWhenRefused() {
    try (var relay =
        own("backend-token.xml")
            .name("token-url", "http://service.test:PORT/token")
            .name("token-client", "c")
            .name("token-secret", "s")
            .allow(PolicyRelay.serviceAllowed())
            .start()) {
      relay.service.always((seen, response) ->
          response.end("{\"access_token\":\"t" + relay.service.calls() + "\",\"expires_in\":600}"));
      relay.backend.always(
          (seen, response) -> response.end(seen.fields().first("Authorization").orElse("")));
      assertEquals("Bearer t1", relay.get("/").body());
      assertEquals("Bearer t1", relay.get("/").body());
      assertEquals(
          "grant_type=client_credentials&client_id=c&client_secret=s", relay.service.last().text());
      relay.backend.next(answer(401, "no"));
      assertEquals(401, relay.get("/").statusCode());
      Waiting.until(() -> relay.get("/").body().equals("Bearer t2"), "another token");

      relay.wait(601);
      relay.service.always(answer(500, "down"));
      assertEquals(503, relay.get("/").statusCode());
    }
  }

  @Test
  void staleShieldGivesTheLastGoodAnswerWhenTheBackendFails() {
    try (var relay = own("stale-shield.xml").name("backend-patience", "1").start()) {
      relay.answers("good");
      assertEquals("good", relay.get("/a").body());
      awaitStored(relay);

      relay.backend.next(answer(500, "down"));
      var shielded = relay.get("/a");
      assertEquals("200 good", shielded.statusCode() + " " + shielded.body());
      assertEquals("111 cc-relay \"Revalidation Failed\"", field(shielded, "warning"));

      relay.backend.next(FakeUpstream.hang(FakeUpstream.gate()));
      assertEquals("good", relay.get("/a").body());

      relay.backend.next(answer(500, "down"));
      assertEquals(500, relay.get("/b").statusCode());
      relay.backend.next(answer(500, "down"));
      assertEquals(500, relay.get("/a", "Authorization", "x").statusCode());
    }
  }
}
