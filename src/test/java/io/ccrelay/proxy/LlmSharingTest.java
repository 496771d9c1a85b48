package io.ccrelay.proxy;

import static io.ccrelay.testing.Chats.ask;
import static io.ccrelay.testing.Chats.askStream;
import static io.ccrelay.testing.Chats.events;
import static io.ccrelay.testing.Chats.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.Ask;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.Relays;
import io.ccrelay.testing.Waiting;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Equal requests under way at the same time share one upstream call. */
class LlmSharingTest {

  private static final String[] T1 = {"x-api-key", "key-of-t1"};

  private final Vertx vertx = Vertx.vertx();
  private final FakeUpstream.Gate gate = FakeUpstream.gate();
  private FakeUpstream upstream;
  private Relays relay;
  private Ask ask;

  @BeforeEach
  void start() {
    upstream = FakeUpstream.start(vertx);
    relay =
        Relays.start(
            Relays.before(upstream, "cache: {responses: {streaming: true, coalesce_wait: 10s}}"));
    ask = new Ask(relay.origin());
  }

  @AfterEach
  void stop() {
    relay.close();
    vertx.close().await();
  }

  @Test
  void twoHundredEqualMissesMakeOneUpstreamCall() {
    upstream.always((seen, response) ->
        vertx.setTimer(
            100,
            fired -> response.putHeader("content-type", "application/json").end(message("Hi"))));
    var answers = askAtOnce(200);
    assertEquals(1, upstream.calls());
    assertTrue(answers.stream().allMatch(a -> a.body().equals(message("Hi"))));
    long coalesced = answers.stream().filter(a -> outcome(a).equals("coalesced")).count();
    long hits = answers.stream().filter(a -> outcome(a).equals("hit")).count();
    assertEquals(199, coalesced + hits);
    assertTrue(coalesced > 0);
  }

  @Test
  void followersOfAnAnswerThatIsNotSharedGoOnAlone() {
    String truncated = message("Hi").replace("end_turn", "max_tokens");
    upstream.next(FakeUpstream.gated(gate, "application/json"));
    upstream.always(FakeUpstream.whole(200, truncated));
    var waiting = later(5);
    gate.await(1);
    gate.write(truncated);
    gate.end();
    var answers = all(waiting);
    assertTrue(answers.stream().allMatch(a -> a.body().equals(truncated)));
    assertEquals(5, upstream.calls());
  }

  @Test
  void aFailingLeaderIsReplacedAndItsErrorIsNobodyElses() {
    upstream.next(FakeUpstream.hang(gate));
    upstream.always(FakeUpstream.whole(200, message("Hi")));
    var waiting = later(5);
    gate.await(1);
    Waiting.until(() -> relay.flights.size() == 1, "the flight");
    gate.cut();
    var answers = all(waiting);
    long errors = answers.stream().filter(a -> a.statusCode() == 502).count();
    assertEquals(1, errors);
    assertEquals(4, answers.stream().filter(a -> a.body().equals(message("Hi"))).count());
    assertEquals(2, upstream.calls());
  }

  @Test
  void aHangingLeaderIsLeftAfterTheWait() {
    relay.reload(Relays.before(upstream, "cache: {responses: {coalesce_wait: 300ms}}"));
    upstream.next(FakeUpstream.hang(gate));
    upstream.always(FakeUpstream.whole(200, message("Hi")));
    var leader = ask.postLater("/v1/messages", ask("q"), T1);
    gate.await(1);
    var followers = later(20);
    var answers = all(followers);
    assertTrue(answers.stream().allMatch(a -> a.body().equals(message("Hi"))));
    assertEquals(2, upstream.calls());
    gate.cut();
    leader.join();
  }

  @Test
  void aLeaderThatLeavesHarmsNoFollower() throws IOException {
    upstream.always(FakeUpstream.gated(gate, "text/event-stream"));
    List<String> events = events("a", "b");
    var leading = ask.openLater("/v1/messages", askStream("q"), T1);
    gate.await(1);
    gate.write(events.getFirst());
    var leader = leading.join();
    readExactly(leader.body(), events.getFirst());
    var follower = ask.open("/v1/messages", askStream("q"), T1);
    assertEquals("coalesced", outcome(follower));
    readExactly(follower.body(), events.getFirst());
    leader.body().close();
    String rest = String.join("", events.subList(1, events.size()));
    gate.write(rest);
    gate.end();
    assertEquals(rest, new String(follower.body().readAllBytes(), StandardCharsets.UTF_8));
    assertEquals(1, upstream.calls());
    Waiting.until(() -> relay.inFlight.inUse() == 0, "no exchange left");
    assertEquals("hit", outcome(ask.post("/v1/messages", askStream("q"), T1)));
  }

  @Test
  void aFollowerGetsWhatHasArrivedAndThenEveryEventAsItComes() throws IOException {
    upstream.always(FakeUpstream.gated(gate, "text/event-stream"));
    List<String> events = events("a", "b", "c");
    var leading = ask.openLater("/v1/messages", askStream("q"), T1);
    gate.await(1);
    gate.write(events.get(0));
    gate.write(events.get(1));
    var leader = leading.join();
    readExactly(leader.body(), events.get(0) + events.get(1));
    var follower = ask.open("/v1/messages", askStream("q"), T1);
    readExactly(follower.body(), events.get(0) + events.get(1));
    for (String event : events.subList(2, events.size())) {
      gate.write(event);
      readExactly(follower.body(), event);
      readExactly(leader.body(), event);
    }
    gate.end();
    assertEquals(-1, follower.body().read());
    assertEquals(1, upstream.calls());
  }

  @Test
  void aJsonFollowerOfAStreamGetsItFolded() {
    upstream.always(FakeUpstream.gated(gate, "text/event-stream"));
    var leader = ask.postLater("/v1/messages", askStream("q"), T1);
    gate.await(1);
    gate.write(events("a").getFirst());
    var follower = ask.postLater("/v1/messages", ask("q"), T1);
    var events = events("a", "b");
    gate.write(String.join("", events.subList(1, events.size())));
    gate.end();
    assertTrue(follower.join().body().contains("\"ab\""), follower.join().body());
    assertEquals(200, leader.join().statusCode());
    assertEquals(1, upstream.calls());
  }

  @Test
  void aCutStreamIsNeverStoredAndNeverEndsCleanly() {
    upstream.always(FakeUpstream.cut("text/event-stream", events("a").getFirst()));
    var broken =
        assertThrows(AssertionError.class, () -> ask.post("/v1/messages", askStream("q"), T1));
    assertTrue(broken.getCause() instanceof IOException);
    upstream.always(FakeUpstream.events(events("a")));
    assertEquals("miss", outcome(ask.post("/v1/messages", askStream("q"), T1)));
  }

  @Test
  void aRequestForAnAnswerOfItsOwnNeverJoins() {
    upstream.always(FakeUpstream.hang(gate));
    var first = ask.postLater("/v1/messages", ask("q"), T1);
    gate.await(1);
    upstream.always(FakeUpstream.whole(200, message("own")));
    var own =
        ask.post("/v1/messages", ask("q"), "x-api-key", "key-of-t1", "cache-control", "no-cache");
    assertEquals(message("own"), own.body());
    gate.cut();
    first.join();
  }

  private List<CompletableFuture<HttpResponse<String>>> later(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> ask.postLater("/v1/messages", ask("q"), T1))
        .toList();
  }

  private List<HttpResponse<String>> askAtOnce(int count) {
    return all(later(count));
  }

  private static List<HttpResponse<String>> all(
      List<CompletableFuture<HttpResponse<String>>> waiting) {
    return waiting.stream().map(CompletableFuture::join).toList();
  }

  private static void readExactly(InputStream body, String expected) throws IOException {
    int length = expected.getBytes(StandardCharsets.UTF_8).length;
    assertEquals(expected, new String(body.readNBytes(length), StandardCharsets.UTF_8));
  }

  private static String outcome(HttpResponse<?> answer) {
    return answer.headers().firstValue("x-cc-relay-cache").orElse("");
  }
}
