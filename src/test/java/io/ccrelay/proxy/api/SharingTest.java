package io.ccrelay.proxy.api;

import static io.ccrelay.proxy.api.CachedApi.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.Waiting;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** RFC 9111 section 4: concurrent misses share one exchange, where the answer allows it. */
class SharingTest {

  private final CachedApi api = CachedApi.start();
  private final FakeUpstream.Gate gate = FakeUpstream.gate();

  @AfterEach
  void stop() {
    api.close();
  }

  private FakeUpstream.Answer slow(String... namesAndValues) {
    return (seen, response) -> {
      for (int i = 0; i < namesAndValues.length; i += 2) {
        response.putHeader(namesAndValues[i], namesAndValues[i + 1]);
      }
      response.setChunked(true);
      FakeUpstream.hang(gate).give(seen, response);
    };
  }

  private List<CompletableFuture<HttpResponse<String>>> later(int count, String... fields) {
    var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
    for (int i = 0; i < count; i++) {
      answers.add(api.later("/a", fields));
    }
    return answers;
  }

  private static List<HttpResponse<String>> all(
      List<CompletableFuture<HttpResponse<String>>> answers) {
    return answers.stream().map(CompletableFuture::join).toList();
  }

  @Test
  void equalMissesAreOneCall() {
    api.origin.always((seen, response) ->
        api.vertx.setTimer(
            200, fired -> response.putHeader("cache-control", "max-age=60").end("one")));
    var answers = all(later(50));
    assertTrue(answers.stream().allMatch(answer -> answer.body().equals("one")));
    assertEquals(1, api.calls());
    assertTrue(
        answers.stream()
            .anyMatch(answer -> status(answer).equals("cc-relay; fwd=uri-miss; collapsed")));
  }

  @Test
  void whoeverFollowsAnAnswerThatIsNotStoredGoesOnAloneAtItsHead() {
    api.origin.next(slow("cache-control", "private"));
    api.answers("own", "Cache-Control", "private");
    var leader = api.later("/a");
    gate.await(1);
    var followers = later(5);
    Waiting.until(() -> api.relay.connections.open() >= 2, "the followers");
    gate.write("leader's");
    assertTrue(all(followers).stream().allMatch(answer -> answer.body().equals("own")));
    gate.end();
    assertEquals("leader's", leader.join().body());
    assertEquals(6, api.calls());
  }

  @Test
  void whoeverSelectsAnotherVariantGoesOnAlone() {
    api.origin.next(slow("cache-control", "max-age=60", "vary", "x-v"));
    api.answers("other", "Cache-Control", "max-age=60", "Vary", "X-V");
    var leader = api.later("/a", "X-V", "1");
    gate.await(1);
    var follower = api.later("/a", "X-V", "2");
    Waiting.until(() -> api.relay.connections.open() >= 2, "the follower");
    gate.write("first");
    gate.end();
    assertEquals("first", leader.join().body());
    assertEquals("other", follower.join().body());
  }

  @Test
  void aFailingLeaderFailsNobodyElse() {
    api.origin.next((seen, response) -> FakeUpstream.hang(gate).give(seen, response));
    api.answers("one", "Cache-Control", "max-age=60");
    var leader = api.later("/a");
    gate.await(1);
    var followers = later(5);
    Waiting.until(() -> api.relay.connections.open() >= 2, "the followers");
    gate.cut();
    assertTrue(all(followers).stream().allMatch(answer -> answer.body().equals("one")));
    assertEquals(502, leader.join().statusCode());
    assertEquals(2, api.calls());
  }

  @Test
  void aRequestThatAsksForItsOwnAnswerDoesNotWait() {
    api.origin.next((seen, response) -> FakeUpstream.hang(gate).give(seen, response));
    api.answers("own", "Cache-Control", "max-age=60");
    var leader = api.later("/a");
    gate.await(1);
    assertEquals("own", api.later("/a", "Cache-Control", "no-store").join().body());
    gate.cut();
    leader.join();
  }

  @Test
  void contentThatBreaksOffIsNobodyElses() {
    api.origin.next(slow("cache-control", "max-age=60"));
    api.answers("one", "Cache-Control", "max-age=60");
    var leader = api.later("/a");
    gate.await(1);
    var followers = later(5);
    Waiting.until(() -> api.relay.connections.open() >= 2, "the followers");
    gate.write("half");
    gate.cut();
    assertTrue(all(followers).stream().allMatch(answer -> answer.body().equals("one")));
    assertThrows(CompletionException.class, leader::join);
    assertEquals(2, api.calls());
  }
}
