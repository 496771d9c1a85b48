package io.ccrelay.proxy;

import static io.ccrelay.testing.Ask.field;
import static io.ccrelay.testing.Chats.ask;
import static io.ccrelay.testing.Chats.askStream;
import static io.ccrelay.testing.Chats.events;
import static io.ccrelay.testing.Chats.message;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Store;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.RawClient;
import io.ccrelay.testing.Scene;
import io.ccrelay.testing.ScriptedStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client gets that asks the same once more, at once or with a wish for a younger answer. */
@DisplayName("a question that is asked again")
class AskedAgainTest {

  private static final String KEY = "x-api-key";

  private Scene scene;

  /** A store that takes a moment to write, so that whoever does not wait for it comes too early. */
  private static final class Slow extends ScriptedStore {

    Slow(Store healthy) {
      super(healthy);
    }

    @Override
    public Future<Void> set(Key key, Bytes value, Duration ttl) {
      var timer = Vertx.currentContext().owner().timer(1, TimeUnit.MILLISECONDS);
      return timer.compose(_ -> super.set(key, value, ttl));
    }
  }

  @BeforeEach
  void start() {
    scene = Scene.of("cache: {responses: {streaming: true}}", setup -> setup.around(Slow::new));
    scene.upstream.always(FakeUpstream.whole(200, message("Hello")));
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  @Test
  void atOnceAndOverAnotherConnectionIsAHit() throws IOException {
    for (int i = 0; i < 20; i++) {
      assertEquals("miss", outcome(ask("question " + i)));
      assertEquals("hit", outcome(ask("question " + i)), "round " + i);
    }
  }

  @Test
  void atOnceAsAStreamIsAHit() throws IOException {
    scene.upstream.always(FakeUpstream.events(events("Hello")));
    for (int i = 0; i < 20; i++) {
      assertEquals("miss", outcome(askStream("question " + i)));
      assertEquals("hit", outcome(askStream("question " + i)), "round " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"max-age=41", "max-age=0", "min-fresh=259"})
  void withAWishThatTheStoredAnswerDoesNotMeetGoesUpstream(String wish) {
    scene.ask.post("/v1/messages", ask("hi"), KEY, "k");
    scene.relay.clock.advance(Duration.ofSeconds(42));
    var again = scene.ask.post("/v1/messages", ask("hi"), KEY, "k", "cache-control", wish);
    assertEquals(2, scene.upstream.calls());
    assertEquals("cc-relay; fwd=request; stored", field(again, "cache-status"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"max-age=42", "min-fresh=258"})
  void withAWishThatTheStoredAnswerMeetsIsAHit(String wish) {
    scene.ask.post("/v1/messages", ask("hi"), KEY, "k");
    scene.relay.clock.advance(Duration.ofSeconds(42));
    var again = scene.ask.post("/v1/messages", ask("hi"), KEY, "k", "cache-control", wish);
    assertEquals("hit", field(again, "x-cc-relay-cache"));
  }

  @Test
  void forAStoredAnswerThatMustNotBeReadIsRefused() {
    var refused =
        scene.ask.post(
            "/v1/messages", ask("hi"), KEY, "k", "cache-control", "no-cache, only-if-cached");
    assertEquals(504, refused.statusCode());
    assertEquals("cc-relay; detail=only-if-cached", field(refused, "cache-status"));
    assertEquals(0, scene.upstream.calls());
  }

  private String outcome(String body) throws IOException {
    try (var client = new RawClient(scene.relay.port())) {
      client.send(RawClient.post("/v1/messages", body, "x-api-key: k", "connection: close"));
      return client
          .readToEnd()
          .lines()
          .filter(line -> line.startsWith("x-cc-relay-cache: "))
          .map(line -> line.substring(18))
          .findFirst()
          .orElse("none");
    }
  }
}
