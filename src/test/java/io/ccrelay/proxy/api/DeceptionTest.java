package io.ccrelay.proxy.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.RawClient;
import io.ccrelay.testing.Relays;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One resource is one to routing, to authentication and to the cache, however it is spelled. */
@DisplayName("A15: no spelling of a target deceives the cache")
class DeceptionTest {

  private final Vertx vertx = Vertx.vertx();
  private final FakeUpstream origin = FakeUpstream.start(vertx);
  private Relays relay;

  @AfterEach
  void stop() {
    relay.close();
    origin.close();
    vertx.close().await();
  }

  private void start(String server) {
    relay =
        Relays.start(
            Relays.before(
                    origin, "cache: {responses: {enabled: true}}", "apis:", api("/"), api("/me"))
                .replace("server: {", "server: {" + server));
  }

  private String api(String path) {
    return "  - {name: 'web%s', path: %s, backend: '%s', http_cache: on}"
        .formatted(path.substring(1), path, origin.origin());
  }

  static Stream<String> spellings() {
    return Stream.of(
            "%s/x.css",
            "%s;x.js",
            "%s%%2fx.css",
            "%s/%%2e%%2e/x.css",
            "%s/../x.css",
            "/%s",
            "/.%s",
            "%s%%00.css",
            "%s%%2f..%%2f",
            "%s\\x.css",
            "%s%%3fx.css",
            "%s#x.css",
            "%s/.",
            "%s//",
            "%s%%5cx.css",
            "%s/%%252e%%252e/x.css",
            "%s?x.css")
        .flatMap(form -> Stream.of(form.formatted("/me"), form.formatted("/ME")));
  }

  static Stream<String> spellingsOfMessages() {
    return spellings().map(spelling -> spelling.replaceAll("(?i)/me", "/v1/messages"));
  }

  private RawClient.Answer raw(String method, String target, String content) throws IOException {
    try (var client = new RawClient(relay.port())) {
      return client
          .send(
              method
                  + " "
                  + target
                  + " HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: "
                  + content.length()
                  + "\r\n\r\n"
                  + content)
          .answer()
          .orElseThrow();
    }
  }

  @ParameterizedTest
  @MethodSource("spellings")
  void aPrivateAnswerIsCacheableUnderNone(String target) throws IOException {
    start("");
    origin.always(CachedApi.answer(200, "mine", "Cache-Control", "private"));
    raw("GET", target, "");
    var second = raw("GET", target, "");
    assertFalse(second.fields().getOrDefault("cache-status", "").contains("hit"));
    assertTrue(second.status() == 400 || second.body().equals("mine"), second.toString());
  }

  @Test
  void whatOneStoredNoOtherResourceGets() throws IOException {
    start("");
    origin.always(
        (seen, response) -> response.putHeader("cache-control", "max-age=60").end(seen.uri()));
    for (String target : new String[] {"/a%2Fb", "/a/b", "/A/b", "/a/b?", "/a%3Fb", "/a?b"}) {
      var first = raw("GET", target, "");
      var again = raw("GET", target, "");
      assertEquals(first.body(), again.body());
      assertTrue(
          first.status() == 400
              || origin.seen().stream().anyMatch(it -> it.uri().equals(first.body())));
    }
  }

  @ParameterizedTest
  @MethodSource("spellings")
  void noneOpensWhatIsGuarded(String target) throws IOException {
    start("api_key: secret, ");
    assertTrue(Set.of(400, 401).contains(raw("GET", target, "").status()));
    assertEquals(0, origin.calls());
  }

  @ParameterizedTest
  @MethodSource("spellingsOfMessages")
  void aQuestionIsAnsweredFromTheStoreUnderNoneButItsOwn(String target) throws IOException {
    start("");
    origin.always(FakeUpstream.whole(200, "{\"type\":\"message\"}"));
    String question =
        "{\"model\":\"m\",\"max_tokens\":1,\"temperature\":0,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
    raw("POST", target, question);
    int before = origin.calls();
    var second = raw("POST", target, question);
    boolean own = target.equals("/v1/messages?x.css");
    assertTrue(own || second.status() >= 400 || origin.calls() == before + 1, second.toString());
  }
}
