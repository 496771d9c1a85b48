package io.ccrelay.proxy;

import static io.ccrelay.testing.Ask.outcome;
import static io.ccrelay.testing.Chats.ask;
import static io.ccrelay.testing.Chats.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.RawClient;
import io.ccrelay.testing.Relays;
import io.ccrelay.testing.Scene;
import io.ccrelay.testing.Waiting;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Equal requests at the same time, and something goes wrong. */
@DisplayName("A17: trouble in a shared call")
class SharedTroubleTest {

  private final FakeUpstream.Gate gate = FakeUpstream.gate();
  private Scene scene;

  @BeforeEach
  void start() {
    scene = Scene.of("cache: {responses: {coalesce_wait: 10s}}");
  }

  @AfterEach
  void stop() {
    scene.relay.awaitIdle();
    scene.close();
  }

  @Test
  void tenantsNeverShareACall() {
    scene.upstream.always((seen, response) ->
        scene.vertx.setTimer(
            200,
            fired ->
                response
                    .putHeader("content-type", "application/json")
                    .end(message(seen.fields().first("x-api-key").orElse("")))));
    List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      waiting.add(scene.ask.postLater("/v1/messages", ask("the same"), "x-api-key", "t" + i % 3));
    }
    for (int i = 0; i < 60; i++) {
      assertEquals(message("t" + i % 3), waiting.get(i).join().body());
    }
    assertEquals(3, scene.upstream.calls());
  }

  @Test
  void aLeaderThatLeavesBeforeTheAnswerHarmsNobody() throws IOException {
    scene.upstream.always(FakeUpstream.hang(gate));
    var leader = new RawClient(scene.relay.port());
    leader.send(RawClient.post("/v1/messages", ask("q"), "x-api-key: k"));
    gate.await(1);
    var followers = later(10);
    Waiting.until(() -> scene.relay.slots.taken() == 11, "all under way");
    leader.reset();
    Waiting.until(() -> scene.relay.slots.taken() == 10, "the leader left");
    scene.upstream.always(FakeUpstream.whole(200, message("Hi")));
    gate.answer(message("Hi"));
    for (var answer : followers) {
      assertEquals(message("Hi"), answer.join().body());
    }
    assertTrue(scene.upstream.calls() <= 2, "calls: " + scene.upstream.calls());
  }

  @Test
  void aLeaderWhoseUpstreamIsSilentFailsAlone() {
    scene.relay.reload(
        Relays.before(scene.upstream, "cache: {responses: {coalesce_wait: 10s}}")
            .replace("server: {", "server: {timeout_ms: 500, "));
    scene.upstream.next(FakeUpstream.hang(gate)).always(FakeUpstream.whole(200, message("Hi")));
    var waiting = later(10);
    var answers = waiting.stream().map(CompletableFuture::join).toList();
    assertEquals(1, answers.stream().filter(a -> a.statusCode() == 504).count());
    assertEquals(9, answers.stream().filter(a -> a.body().equals(message("Hi"))).count());
    assertEquals(2, scene.upstream.calls());
  }

  @Test
  void anErrorIsNobodysHit() {
    String limited = "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\"}}";
    scene.upstream.next(FakeUpstream.gated(gate, "application/json"));
    scene.upstream.always(FakeUpstream.whole(429, limited, "retry-after", "7"));
    var waiting = later(20);
    gate.await(1);
    gate.cut();
    for (var answer : waiting) {
      var one = answer.join();
      assertTrue(List.of(429, 502).contains(one.statusCode()), "status: " + one.statusCode());
      assertTrue(List.of("miss", "bypass").contains(outcome(one)), outcome(one));
    }
    scene.upstream.always(FakeUpstream.whole(200, message("Hi")));
    assertEquals("miss", outcome(later(1).getFirst().join()));
  }

  @Test
  void anAnswerForOneClientOnlyIsFetchedForEach() {
    var numbers = new AtomicInteger();
    scene.upstream.always((seen, response) -> {
      String own = message("" + numbers.incrementAndGet());
      scene.vertx.setTimer(
          50,
          fired ->
              response
                  .putHeader("content-type", "application/json")
                  .putHeader("cache-control", "no-store")
                  .end(own));
    });
    var bodies = later(20).stream().map(CompletableFuture::join).map(HttpResponse::body).toList();
    assertEquals(20, bodies.stream().distinct().count());
    assertEquals(20, scene.upstream.calls());
  }

  private List<CompletableFuture<HttpResponse<String>>> later(int count) {
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      answers.add(scene.ask.postLater("/v1/messages", ask("q"), "x-api-key", "k"));
    }
    return answers;
  }
}
