package io.ccrelay.proxy;

import static io.ccrelay.testing.Ask.outcome;
import static io.ccrelay.testing.Chats.ask;
import static io.ccrelay.testing.Chats.askStream;
import static io.ccrelay.testing.Chats.events;
import static io.ccrelay.testing.Chats.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Bytes;
import io.ccrelay.llm.Route;
import io.ccrelay.llm.sse.Fold;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.JsonValue;
import io.ccrelay.testing.Scene;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is too large to be rewritten on an event loop is rewritten beside it, up to any size. */
@DisplayName("Large entries serve both wire forms")
class LargeConversionTest {

  private static final String LARGE = "x".repeat(7_000_000);
  private Scene scene;

  @BeforeEach
  void start() {
    scene = Scene.of("cache: {responses: {streaming: true}}");
  }

  @AfterEach
  void stop() {
    scene.relay.awaitIdle();
    scene.close();
  }

  @Test
  void aDocumentIsReplayedAsAStream() {
    scene.upstream.always(FakeUpstream.whole(200, message(LARGE)));
    assertEquals("miss", outcome(post(ask("q"))));
    var hit = post(askStream("q"));
    assertEquals("hit", outcome(hit));
    assertTrue(hit.body().endsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"));
    Bytes folded = Fold.toJson(Route.MESSAGES, Bytes.utf8(hit.body())).orElseThrow();
    assertEquals(JsonValue.of(message(LARGE)), JsonValue.of(folded.toUtf8()));
    assertEquals(1, scene.upstream.calls());
  }

  @Test
  void aStreamIsReplayedAsADocument() {
    var words = IntStream.range(0, 3000).mapToObj(i -> "y".repeat(1000) + i);
    scene.upstream.always(FakeUpstream.events(events(words.toArray(String[]::new))));
    String stream = post(askStream("q")).body();
    var hit = post(ask("q"));
    assertEquals("hit", outcome(hit));
    Bytes folded = Fold.toJson(Route.MESSAGES, Bytes.utf8(stream)).orElseThrow();
    assertEquals(folded.toUtf8(), hit.body());
    assertEquals(1, scene.upstream.calls());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void manyAskForTheOtherFormAtOnce(boolean stored) {
    scene.upstream.always(
        stored
            ? FakeUpstream.whole(200, message(LARGE.substring(0, 300_000)))
            : FakeUpstream.events(events(LARGE.substring(0, 300_000))));
    post(stored ? ask("q") : askStream("q"));
    var hits =
        IntStream.range(0, 20).mapToObj(i -> later(stored ? askStream("q") : ask("q"))).toList();
    for (var hit : hits) {
      assertEquals("hit", outcome(hit.join()));
      assertEquals(hits.getFirst().join().body(), hit.join().body());
    }
    assertEquals(1, scene.upstream.calls());
  }

  @Test
  void usageIsSetToZeroInALargeAnswer() {
    scene.relay.reload(
        io.ccrelay.testing.Relays.before(
            scene.upstream, "cache: {responses: {usage_on_hit: zero}}"));
    scene.upstream.always(FakeUpstream.whole(200, message(LARGE)));
    post(ask("q"));
    var hit = post(ask("q"));
    assertEquals("hit", outcome(hit));
    assertTrue(hit.body().endsWith("{\"input_tokens\":0,\"output_tokens\":0}}"));
  }

  @Test
  void aStaleAnswerInTheOtherFormStandsInForAFailingUpstream() {
    scene.relay.reload(
        io.ccrelay.testing.Relays.before(
            scene.upstream, "cache: {responses: {streaming: true, stale_if_error: 1h, ttl: 1m}}"));
    scene.upstream.next(FakeUpstream.whole(200, message(LARGE)));
    post(ask("q"));
    scene.relay.clock.advance(Duration.ofMinutes(2));
    scene.upstream.always(FakeUpstream.whole(529, "{}"));
    var rescued = post(askStream("q"));
    assertEquals("stale", outcome(rescued));
    assertTrue(rescued.body().contains("event: message_stop"));
  }

  private HttpResponse<String> post(String body) {
    return scene.ask.post("/v1/messages", body, "x-api-key", "k");
  }

  private CompletableFuture<HttpResponse<String>> later(String body) {
    return scene.ask.postLater("/v1/messages", body, "x-api-key", "k");
  }
}
