package io.ccrelay.proxy;

import static io.ccrelay.testing.Ask.outcome;
import static io.ccrelay.testing.Chats.ask;
import static io.ccrelay.testing.Chats.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.Relays;
import io.ccrelay.testing.Scene;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who may see what, and whose credential goes where. */
@DisplayName("A11: credentials decide who shares, and go only where they belong")
class OwnCredentialsTest {

  private static final String RELAY_KEY = "the-relays-own-key";
  private static final String RELAY_BEARER = "the-relays-own-bearer";
  private static final String PLACEHOLDER = "managed-by-cc-relay";
  private static final String PROVIDER_KEY = "the-providers-key";

  private Scene scene;

  @BeforeEach
  void start() {
    scene = Scene.of("");
    scene.upstream.always(FakeUpstream.whole(200, message("Hello")));
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  @Test
  void everyPlaceOfACredentialIsAScopeOfItsOwn() {
    var places =
        List.of(
            new String[] {"/v1/messages"},
            new String[] {"/v1/messages", "x-api-key", "t1"},
            new String[] {"/v1/messages", "x-api-key", "t2"},
            new String[] {"/v1/messages", "x-api-key", ""},
            new String[] {"/v1/messages", "authorization", "Bearer t1"},
            new String[] {"/v1/messages", "authorization", "t1"},
            new String[] {"/v1/messages", "api-key", "t1"},
            new String[] {"/v1/messages", "cookie", "session=t1"},
            new String[] {"/v1/messages", "x-api-key", "t1", "authorization", "Bearer t1"},
            new String[] {"/v1/messages", "x-api-key", "t1", "authorization", "Bearer t2"},
            new String[] {"/v1/messages", "x-api-key", "t2", "authorization", "Bearer t1"},
            new String[] {"/v1/messages?api_key=t1"},
            new String[] {"/v1/messages?api_key=t2"},
            new String[] {"/v1/messages?key=t1"},
            new String[] {"/v1/messages?api_key=t1", "x-api-key", "t1"});
    for (String[] place : places) {
      assertEquals("miss", outcome(send(place)), String.join(" ", place));
    }
    for (String[] place : places) {
      assertEquals("hit", outcome(send(place)), String.join(" ", place));
    }
  }

  @Test
  void twoKeysInOnePlaceAreRefused() {
    var answer = send("/v1/messages", "x-api-key", "t1", "x-api-key", "t2");
    assertEquals(400, answer.statusCode());
    assertEquals(0, scene.upstream.calls());
  }

  @Test
  void eachUpstreamCallUsesTheCredentialOfItsOwnClient() {
    for (String key : List.of("t1", "t2", "t3")) {
      send("/v1/messages", "x-api-key", key);
      assertEquals(List.of(key), scene.upstream.last().fields().all("x-api-key"));
      send("/v1/messages", "authorization", "Bearer " + key);
      assertEquals(List.of("Bearer " + key), scene.upstream.last().fields().all("authorization"));
      assertFalse(scene.upstream.last().fields().has("x-api-key"));
    }
  }

  @Test
  void aScopeByHeaderSharesWithinItsValueOnly() {
    configure("", "cache: {responses: {scope: \"header:x-team\"}}");
    assertEquals("miss", outcome(send("/v1/messages", "x-team", "red", "x-api-key", "t1")));
    assertEquals("hit", outcome(send("/v1/messages", "x-team", "red", "x-api-key", "t2")));
    assertEquals("miss", outcome(send("/v1/messages", "x-team", "blue", "x-api-key", "t1")));
    assertEquals("miss", outcome(send("/v1/messages", "x-api-key", "t1")));
    assertEquals("miss", outcome(send("/v1/messages", "x-api-key", "t2")));
    assertEquals("miss", outcome(send("/v1/messages", "x-team", "")));
  }

  @Test
  void aHitNeedsAValidCredentialToo() {
    configure("auth: {api_key: " + RELAY_KEY + "},", "cache: {responses: {scope: shared}}");
    assertEquals("miss", outcome(send("/v1/messages", "x-api-key", RELAY_KEY)));
    assertEquals("hit", outcome(send("/v1/messages", "x-api-key", RELAY_KEY)));
    for (String[] denied :
        List.of(
            new String[] {"/v1/messages"},
            new String[] {"/v1/messages", "x-api-key", ""},
            new String[] {"/v1/messages", "x-api-key", "wrong"},
            new String[] {"/v1/messages", "authorization", "Bearer " + RELAY_KEY},
            new String[] {"/v1/messages?api_key=" + RELAY_KEY})) {
      var answer = send(denied);
      assertEquals(401, answer.statusCode());
      assertTrue(answer.body().contains("\"authentication_error\""), answer.body());
      assertFalse(answer.body().contains(RELAY_KEY));
    }
    assertEquals(1, scene.upstream.calls());
  }

  @Test
  void theRelaysSecretsAndItsPlaceholderStayHere() {
    configure(
        "auth: {api_key: %s, allow_bearer: true, bearer_secret: %s},"
            .formatted(RELAY_KEY, RELAY_BEARER),
        "");
    send("/v1/messages", "x-api-key", RELAY_KEY, "authorization", "Bearer " + PLACEHOLDER);
    send("/v1/messages", "authorization", "Bearer " + RELAY_BEARER, "x-api-key", PLACEHOLDER);
    send("/v1/messages", "x-api-key", RELAY_KEY, "x-other", "key=" + RELAY_KEY);
    send("/v1/messages?api_key=" + RELAY_KEY + "&a=b", "x-api-key", RELAY_KEY);
    send("/v1/messages?key=" + PLACEHOLDER, "x-api-key", RELAY_KEY);
    scene.ask.get("/v1/files?key=" + RELAY_BEARER + "&c=d", "x-api-key", RELAY_KEY);
    scene.ask.get("/v1/files", "x-api-key", RELAY_KEY);
    assertEquals(7, scene.upstream.calls());
    for (var seen : scene.upstream.seen()) {
      String all = seen.uri() + seen.fields().lines() + seen.text();
      assertFalse(all.contains(RELAY_KEY), all);
      assertFalse(all.contains(RELAY_BEARER), all);
      assertFalse(all.contains(PLACEHOLDER), all);
    }
    assertEquals("/v1/messages?a=b", scene.upstream.seen().get(3).uri());
    assertEquals("/v1/messages", scene.upstream.seen().get(4).uri());
    assertEquals("/v1/files?c=d", scene.upstream.seen().get(5).uri());
  }

  @Test
  void theProvidersKeyTakesThePlaceOfTheRelays() {
    scene.relay.reload(
        """
        server: {listen: "127.0.0.1:0", auth: {api_key: %s}}
        providers:
          - {name: a, type: anthropic, enabled: true, base_url: "%s", keys: [{key: %s}]}
        """
            .formatted(RELAY_KEY, scene.upstream.origin(), PROVIDER_KEY));
    var answer = send("/v1/messages", "x-api-key", RELAY_KEY);
    assertEquals(List.of(PROVIDER_KEY), scene.upstream.last().fields().all("x-api-key"));
    assertFalse(answer.headers().map().toString().contains(PROVIDER_KEY));
    assertFalse(answer.body().contains(PROVIDER_KEY));
  }

  private void configure(String server, String more) {
    scene.relay.reload(
        Relays.before(scene.upstream, more).replace("server: {", "server: {" + server));
  }

  private HttpResponse<String> send(String... pathAndFields) {
    return scene.ask.post(
        pathAndFields[0], ask("hi"), Arrays.copyOfRange(pathAndFields, 1, pathAndFields.length));
  }
}
