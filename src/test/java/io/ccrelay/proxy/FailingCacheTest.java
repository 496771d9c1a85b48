package io.ccrelay.proxy;

import static io.ccrelay.testing.Ask.field;
import static io.ccrelay.testing.Ask.outcome;
import static io.ccrelay.testing.Chats.ask;
import static io.ccrelay.testing.Chats.askStream;
import static io.ccrelay.testing.Chats.events;
import static io.ccrelay.testing.Chats.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.StoreClosedException;
import io.ccrelay.cache.StoreUnavailableException;
import io.ccrelay.cache.StoreUnavailableException.Reason;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.Scene;
import io.ccrelay.testing.ScriptedStore;
import io.ccrelay.testing.Waiting;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The cache may fail in any way; no request does because of it. */
@DisplayName("A31: a failing cache fails no request")
class FailingCacheTest {

  private ScriptedStore store;
  private Scene scene;

  @BeforeEach
  void start() {
    scene =
        Scene.of(
            "cache: {responses: {streaming: true}}",
            setup ->
                setup.around(real -> {
                  store = new ScriptedStore(real);
                  return store;
                }));
    scene.upstream.always((seen, response) -> {
      if (seen.text().contains("\"stream\"")) {
        FakeUpstream.events(events("Hi")).give(seen, response);
      } else {
        FakeUpstream.whole(200, message("Hi")).give(seen, response);
      }
    });
  }

  @AfterEach
  void stop() {
    scene.relay.awaitIdle();
    scene.close();
  }

  static Stream<Arguments> troubles() {
    return Stream.of(
        trouble("never answers", ScriptedStore::stall),
        trouble(
            "fails", s -> s.failWith(new StoreUnavailableException(Reason.NETWORK, "not there"))),
        trouble("fails oddly", s -> s.failWith(new IllegalStateException("odd"))),
        trouble("throws", s -> s.throwing(new IllegalStateException("a defect"))),
        trouble("is closed", s -> s.failWith(new StoreClosedException())));
  }

  private static Arguments trouble(String name, Consumer<ScriptedStore> begin) {
    return Arguments.of(name, begin);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("troubles")
  void whenTheStore(String name, Consumer<ScriptedStore> begin) {
    scene.ask.post("/v1/messages", ask("before"), "x-api-key", "k");
    begin.accept(store);
    var answers =
        IntStream.range(0, 60)
            .mapToObj(i ->
                scene.ask.postLater(
                    "/v1/messages",
                    i % 3 == 0 ? askStream("q" + i % 10) : ask(i % 3 == 1 ? "before" : "q" + i),
                    "x-api-key",
                    "k"))
            .map(CompletableFuture::join)
            .toList();
    for (var answer : answers) {
      assertEquals(200, answer.statusCode());
      assertTrue(answer.body().contains("\"Hi\""), answer.body());
    }
  }

  @Test
  void aStoreThatRecoversIsUsedAgain() {
    scene.ask.post("/v1/messages", ask("before"), "x-api-key", "k");
    store.failWith(new StoreUnavailableException(Reason.NETWORK, "not there"));
    for (int i = 0; i < 20; i++) {
      assertEquals("miss", outcome(scene.ask.post("/v1/messages", ask("x"), "x-api-key", "k")));
    }
    store.recover();
    Waiting.until(
        () ->
            outcome(scene.ask.post("/v1/messages", ask("before"), "x-api-key", "k")).equals("hit"),
        "the cache is used again");
  }

  @Test
  void aSilentStoreIsWaitedForOnce() {
    store.stall();
    var answer = scene.ask.post("/v1/messages", ask("q"), "x-api-key", "k");
    assertTrue(field(answer, "cache-status").endsWith("; detail=cache-deadline"));
    scene.relay.awaitIdle();
    assertEquals(2, store.asked.get(), "one look-up and one attempt to store");
  }

  @Test
  void aStoreThatHangsWhileAnAnswerIsStoredDelaysNobody() {
    scene.ask.post("/v1/messages", ask("warm"), "x-api-key", "k");
    store.stallFrom(3);
    var first = scene.ask.post("/v1/messages", ask("q"), "x-api-key", "k");
    assertEquals(message("Hi"), first.body());
  }
}
