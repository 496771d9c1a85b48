package io.ccrelay.proxy.api;

import static io.ccrelay.proxy.api.CachedApi.answer;
import static io.ccrelay.proxy.api.CachedApi.field;
import static io.ccrelay.proxy.api.CachedApi.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.Await;
import io.ccrelay.testing.Waiting;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9111 section 4.1: responses selected by request fields. */
@DisplayName("A16: variants and forwarding fields")
class VariantsTest {

  private final CachedApi api = CachedApi.start();

  @AfterEach
  void stop() {
    api.close();
  }

  private void answersByLanguage(String vary) {
    api.origin.always((seen, response) -> {
      String language = seen.fields().joined("accept-language").orElse("none");
      response
          .putHeader("cache-control", "max-age=600")
          .putHeader("vary", vary)
          .putHeader("etag", "\"" + language.hashCode() + "\"")
          .end(language);
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Accept-Language",
        "accept-language",
        " Accept-Language , Accept-Language",
        "X, ,ACCEPT-LANGUAGE"
      })
  void eachSelectionHasItsOwnResponse(String vary) {
    answersByLanguage(vary);
    assertEquals("de", api.get("/a", "Accept-Language", "de").body());
    assertEquals("fr", api.get("/a", "Accept-Language", "fr").body());
    assertEquals("none", api.get("/a").body());
    assertEquals("de", api.get("/a", "Accept-Language", "de").body());
    assertEquals("fr", api.get("/a", "Accept-Language", "fr").body());
    assertEquals("none", api.get("/a").body());
    assertEquals(3, api.calls());
  }

  @Test
  void anotherSelectionIsAVaryMissThatAsksWithAllTags() {
    answersByLanguage("Accept-Language");
    api.get("/a", "Accept-Language", "de");
    assertEquals("cc-relay; fwd=vary-miss; stored", status(api.get("/a", "Accept-Language", "fr")));
    assertEquals(
        "\"" + "de".hashCode() + "\"",
        api.origin.last().fields().first("if-none-match").orElse(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "Accept, *", "*, Accept"})
  void varyOnAnythingIsNotStored(String vary) {
    api.answers("x", "Cache-Control", "max-age=60", "Vary", vary);
    api.get("/a");
    assertEquals("cc-relay; fwd=uri-miss; detail=vary-any", status(api.get("/a")));
  }

  @Test
  void atMostTheConfiguredNumberOfVariantsIsKept() {
    api.reload("http_cache: {max_variants: 5}");
    answersByLanguage("Accept-Language");
    for (int i = 0; i < 20; i++) {
      api.get("/a", "Accept-Language", "x" + i);
    }
    int before = api.calls();
    for (int i = 15; i < 20; i++) {
      assertEquals("x" + i, api.get("/a", "Accept-Language", "x" + i).body());
    }
    assertEquals(before, api.calls());
    api.get("/a", "Accept-Language", "x0");
    assertEquals(before + 1, api.calls());
    Waiting.until(() -> relayKeys() <= 8, "content of dropped variants to go");
  }

  private long relayKeys() {
    return Await.result(api.relay.store.stats()).keyCount();
  }

  @Test
  void variantsStoredAtTheSameTimeAreAllKept() {
    answersByLanguage("Accept-Language");
    var answers =
        IntStream.range(0, 40).mapToObj(i -> api.later("/a", "Accept-Language", "x" + i)).toList();
    answers.forEach(CompletableFuture::join);
    Waiting.until(() -> api.relay.flights.size() == 0, "all to be stored");
    for (int i = 0; i < 40; i++) {
      assertTrue(status(api.get("/a", "Accept-Language", "x" + i)).startsWith("cc-relay; hit"));
    }
    assertEquals(40, api.calls());
  }

  @Test
  void orderAndCaseOfEquallyWeighedMembersDoNotMatter() {
    answersByLanguage("Accept-Language");
    api.get("/a", "Accept-Language", "de, FR");
    api.get("/a", "Accept-Language", "fr,de");
    assertEquals(1, api.calls());
  }

  @Test
  void anEncodedResponseGoesToNobodyWhoDidNotAcceptTheCoding() {
    api.origin.always((seen, response) -> {
      response.putHeader("cache-control", "max-age=60");
      if (seen.fields().joined("accept-encoding").orElse("").contains("gzip")) {
        response.putHeader("content-encoding", "gzip").end("zipped");
      } else {
        response.end("plain");
      }
    });
    assertEquals("zipped", api.get("/a", "Accept-Encoding", "gzip").body());
    assertEquals("plain", api.get("/a").body());
    assertEquals("gzip", field(api.get("/b", "Accept-Encoding", "gzip"), "content-encoding"));
    assertEquals("zipped", api.get("/b", "Accept-Encoding", "br, gzip;q=0.5").body());
    assertEquals("plain", api.get("/b", "Accept-Encoding", "br").body());
  }

  @Test
  void whatAClientSaysOfItselfReachesNoOriginAndSelectsNothing() {
    api.origin.always((seen, response) ->
        response
            .putHeader("cache-control", "max-age=60")
            .end(
                seen.fields().joined("x-forwarded-for").orElse("")
                    + seen.fields().joined("x-forwarded-host").orElse("")
                    + seen.fields().joined("forwarded").orElse("")
                    + seen.fields().joined("x-original-url").orElse("")
                    + seen.fields().joined("x-http-method-override").orElse("")));
    var poisoned =
        api.get(
            "/a",
            "X-Forwarded-Host",
            "evil",
            "X-Forwarded-For",
            "6.6.6.6",
            "Forwarded",
            "host=evil",
            "X-Original-URL",
            "/admin",
            "X-HTTP-Method-Override",
            "DELETE");
    assertEquals("127.0.0.1", poisoned.body());
    assertEquals("127.0.0.1", api.get("/a").body());
  }

  @Test
  void aResponseWithoutVaryGivesWayToTheNewestThatHasOne() {
    api.origin.next(answer(200, "any", "Cache-Control", "max-age=60"));
    assertEquals("any", api.get("/a").body());
    assertTrue(status(api.get("/a", "Accept-Language", "de")).contains("hit"));
    api.wait(61);
    answersByLanguage("Accept-Language");
    assertEquals("de", api.get("/a", "Accept-Language", "de").body());
    assertEquals("fr", api.get("/a", "Accept-Language", "fr").body());
    assertEquals(3, api.calls());
  }

  @Test
  void theLanguageARequestLikesBestChoosesAmongVariants() {
    api.origin.always((seen, response) -> {
      String best = seen.fields().joined("accept-language").orElse("").substring(0, 2);
      response.putHeader("cache-control", "max-age=600").putHeader("vary", "Accept-Language");
      response.putHeader("content-language", best).end(best);
    });
    api.get("/a", "Accept-Language", "de");
    api.get("/a", "Accept-Language", "fr");
    assertEquals("fr", api.get("/a", "Accept-Language", "fr, de;q=0.5").body());
    assertEquals("de", api.get("/a", "Accept-Language", "fr;q=0.1, de").body());
    assertEquals(2, api.calls());
    api.get("/a", "Accept-Language", "it, de;q=0.5");
    assertEquals(3, api.calls());
  }
}
