package io.ccrelay.proxy;

import static io.ccrelay.testing.Ask.field;
import static io.ccrelay.testing.Ask.outcome;
import static io.ccrelay.testing.Chats.ask;
import static io.ccrelay.testing.Chats.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.Scene;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several keys of one provider, through a whole relay. */
@DisplayName("A provider's keys are pooled")
class PooledKeysTest {

  private static final String REFUSAL = "{\"type\":\"error\",\"error\":{\"type\":\"x\"}}";

  private Scene scene;

  @BeforeEach
  void start() {
    scene = Scene.of("");
    scene.upstream.always(FakeUpstream.whole(200, message("Hello")));
    configure("round_robin", "");
  }

  @AfterEach
  void stop() {
    scene.relay.awaitIdle();
    scene.close();
  }

  private void configure(String strategy, String more) {
    scene.relay.reload(
        """
        server: {listen: "127.0.0.1:0"}
        providers:
          - name: z
            type: zai
            enabled: true
            base_url: "%s"
            keys: [{key: canary-one}, {key: canary-two}]
            pooling: {strategy: %s}
        %s
        """
            .formatted(scene.upstream.origin(), strategy, more));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/messages", "/v1/messages/batches"})
  void requestsShareTheKeysAndSayWhichTheyUsed(String path) {
    var ids = new HashSet<String>();
    for (int i = 0; i < 4; i++) {
      var answer = scene.ask.post(path, ask("q" + i));
      ids.add(field(answer, "x-cc-relay-key-id"));
      assertEquals("2", field(answer, "x-cc-relay-keys-total"));
      assertEquals("2", field(answer, "x-cc-relay-keys-available"));
      assertFalse(answer.headers().map().toString().contains("canary"));
    }
    assertEquals(2, ids.size());
    assertEquals(List.of("canary-one", "canary-two", "canary-one", "canary-two"), keysUsed());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/messages", "/v1/messages/batches"})
  void a429ReachesTheClientAndItsKeyRests(String path) {
    scene.upstream.next(
        FakeUpstream.whole(429, REFUSAL, "retry-after", "20", "anthropic-ratelimit-x", "y"));
    var refused = scene.ask.post(path, ask("q"));
    assertEquals(429, refused.statusCode());
    assertEquals(REFUSAL, refused.body());
    assertEquals("20", field(refused, "retry-after"));
    assertEquals("y", field(refused, "anthropic-ratelimit-x"));
    for (int i = 0; i < 3; i++) {
      var answer = scene.ask.post(path, ask("q" + i));
      assertEquals(200, answer.statusCode());
      assertEquals("1", field(answer, "x-cc-relay-keys-available"));
      assertNotEquals(field(refused, "x-cc-relay-key-id"), field(answer, "x-cc-relay-key-id"));
    }
    scene.relay.clock.advance(Duration.ofSeconds(20));
    assertEquals("2", field(scene.ask.post(path, ask("z")), "x-cc-relay-keys-available"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/messages", "/v1/messages/batches"})
  void whenEveryKeyRestsTheClientIsToldHowLong(String path) {
    scene.upstream.next(FakeUpstream.whole(429, REFUSAL, "retry-after", "30"));
    scene.upstream.next(FakeUpstream.whole(429, REFUSAL, "retry-after", "12"));
    scene.ask.post(path, ask("a"));
    scene.ask.post(path, ask("b"));
    var exhausted = scene.ask.post(path, ask("c"));
    assertEquals(429, exhausted.statusCode());
    assertEquals("12", field(exhausted, "retry-after"));
    assertTrue(exhausted.body().contains("\"rate_limit_error\""), exhausted.body());
    assertEquals(2, scene.upstream.calls());
    scene.relay.clock.advance(Duration.ofSeconds(12));
    assertEquals(200, scene.ask.post(path, ask("d")).statusCode());
  }

  @Test
  void whoeverFollowsARequestWithoutAKeyIsToldToo() {
    scene.upstream.always(FakeUpstream.whole(429, REFUSAL, "retry-after", "30"));
    scene.ask.post("/v1/messages", ask("a"));
    scene.ask.post("/v1/messages", ask("b"));
    var equal =
        IntStream.range(0, 10)
            .mapToObj(i -> scene.ask.postLater("/v1/messages", ask("same")))
            .toList();
    equal.forEach(answer -> assertEquals(429, answer.join().statusCode()));
    assertEquals(2, scene.upstream.calls());
  }

  @Test
  void aStaleAnswerIsBetterThanNoKey() {
    configure("least_loaded", "cache: {responses: {stale_if_error: 1h, ttl: 1m}}");
    post("q");
    scene.relay.clock.advance(Duration.ofMinutes(2));
    scene.upstream.always(FakeUpstream.whole(429, REFUSAL, "retry-after", "30"));
    post("a");
    post("b");
    var rescued = post("q");
    assertEquals(200, rescued.statusCode());
    assertEquals("stale", outcome(rescued));
  }

  @Test
  void aHitUsesNoKey() {
    post("q");
    var hit = post("q");
    assertEquals("hit", outcome(hit));
    assertEquals("", field(hit, "x-cc-relay-key-id"));
  }

  @Test
  void aRequestWithAKeyOfItsOwnLeavesThePoolAlone() {
    scene.relay.reload(
        """
        server: {listen: "127.0.0.1:0"}
        providers:
          - {name: a, type: anthropic, enabled: true, base_url: "%s", keys: [{key: k1}, {key: k2}]}
        """
            .formatted(scene.upstream.origin()));
    var own = scene.ask.post("/v1/messages", ask("q"), "x-api-key", "mine");
    assertEquals("", field(own, "x-cc-relay-key-id"));
    assertEquals("", field(own, "x-cc-relay-keys-total"));
    assertEquals(List.of("mine"), scene.upstream.last().fields().all("x-api-key"));
    assertEquals("2", field(scene.ask.post("/v1/messages", ask("r")), "x-cc-relay-keys-total"));
  }

  private HttpResponse<String> post(String prompt) {
    return scene.ask.post("/v1/messages", ask(prompt));
  }

  private List<String> keysUsed() {
    return scene.upstream.seen().stream()
        .map(seen -> seen.fields().first("x-api-key").orElseThrow())
        .toList();
  }
}
