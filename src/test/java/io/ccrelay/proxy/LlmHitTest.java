package io.ccrelay.proxy;

import static io.ccrelay.testing.Chats.ask;
import static io.ccrelay.testing.Chats.askStream;
import static io.ccrelay.testing.Chats.events;
import static io.ccrelay.testing.Chats.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.Ask;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.Relays;
import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A repeated request is answered from the cache, over real sockets. */
class LlmHitTest {

  private static final String[] T1 = {"x-api-key", "key-of-t1", "anthropic-version", "2023-06-01"};
  private static final String[] T2 = {"x-api-key", "key-of-t2", "anthropic-version", "2023-06-01"};

  private final Vertx vertx = Vertx.vertx();
  private FakeUpstream upstream;
  private Relays relay;
  private Ask ask;

  @BeforeEach
  void start() {
    upstream = FakeUpstream.start(vertx);
    upstream.always(
        FakeUpstream.whole(
            200,
            message("Hello"),
            "request-id",
            "req_upstream",
            "anthropic-ratelimit-requests-remaining",
            "41",
            "set-cookie",
            "a=b"));
    serve("cache: {responses: {stale_if_error: 1h}}");
  }

  private void serve(String more) {
    if (relay != null) {
      relay.close();
    }
    relay = Relays.start(Relays.before(upstream, more));
    ask = new Ask(relay.origin());
  }

  @AfterEach
  void stop() {
    relay.close();
    vertx.close().await();
  }

  @Test
  void theSecondEqualRequestNeverReachesTheUpstream() {
    var first = ask.post("/v1/messages", ask("hi"), T1);
    var second = ask.post("/v1/messages", ask("hi"), T1);
    assertEquals(1, upstream.calls());
    assertEquals(message("Hello"), first.body());
    assertEquals(message("Hello"), second.body());
    assertEquals("cc-relay; fwd=uri-miss; stored", header(first, "cache-status"));
    assertEquals("cc-relay; hit; ttl=300", header(second, "cache-status"));
    assertEquals("miss", header(first, "x-cc-relay-cache"));
    assertEquals("hit", header(second, "x-cc-relay-cache"));
  }

  @Test
  void aLookUpCountsOnce() {
    ask.post("/v1/messages", ask("hi"), T1);
    ask.post("/v1/messages", ask("hi"), T1);
    var stats = relay.store.stats().await();
    assertEquals(1, stats.misses());
    assertEquals(1, stats.hits());
  }

  @Test
  void spellingOfTheBodyDoesNotMatterButItsMeaningDoes() {
    ask.post("/v1/messages", ask("hi"), T1);
    String respelled =
        "{ \"messages\" : [ {\"content\":\"h\\u0069\", \"role\":\"user\"} ],"
            + " \"max_tokens\":6.4e1, \"model\":\"claude-x\" }";
    assertEquals("hit", header(ask.post("/v1/messages", respelled, T1), "x-cc-relay-cache"));
    assertEquals("miss", header(ask.post("/v1/messages", ask("Hi"), T1), "x-cc-relay-cache"));
  }

  @Test
  void aHitSaysItsAgeAndTheTokensItSaved() {
    ask.post("/v1/messages", ask("hi"), T1);
    relay.clock.advance(Duration.ofSeconds(42));
    var hit = ask.post("/v1/messages", ask("hi"), T1);
    assertEquals("42", header(hit, "age"));
    assertEquals("cc-relay; hit; ttl=258", header(hit, "cache-status"));
    assertEquals("11", header(hit, "x-cc-relay-saved-input-tokens"));
    assertEquals("7", header(hit, "x-cc-relay-saved-output-tokens"));
  }

  @Test
  void aHitCarriesFreshIdsAndNothingOfAPastExchange() {
    var miss = ask.post("/v1/messages", ask("hi"), T1);
    var hit = ask.post("/v1/messages", ask("hi"), T1);
    assertEquals("req_upstream", header(miss, "request-id"));
    assertNotEquals("req_upstream", header(hit, "request-id"));
    assertEquals("req_upstream", header(hit, "x-cc-relay-cache-origin-request-id"));
    assertEquals("41", header(miss, "anthropic-ratelimit-requests-remaining"));
    assertEquals("", header(hit, "anthropic-ratelimit-requests-remaining"));
    assertEquals("", header(hit, "set-cookie"));
    assertEquals("private, no-store", header(hit, "cache-control"));
    assertEquals("application/json", header(hit, "content-type"));
  }

  @Test
  void tenantsNeverShareByDefault() {
    ask.post("/v1/messages", ask("hi"), T1);
    assertEquals("miss", header(ask.post("/v1/messages", ask("hi"), T2), "x-cc-relay-cache"));
    assertEquals("miss", header(ask.post("/v1/messages", ask("hi")), "x-cc-relay-cache"));
    assertEquals(
        "miss",
        header(
            ask.post("/v1/messages", ask("hi"), "authorization", "Bearer key-of-t1"),
            "x-cc-relay-cache"));
    assertEquals(
        "miss", header(ask.post("/v1/messages", ask("hi"), "x-api-key", ""), "x-cc-relay-cache"));
  }

  @Test
  void everybodySharesWhenTheScopeSaysSo() {
    serve("cache: {responses: {scope: shared}}");
    ask.post("/v1/messages", ask("hi"), T1);
    assertEquals("hit", header(ask.post("/v1/messages", ask("hi"), T2), "x-cc-relay-cache"));
  }

  @Test
  void anEntryExpires() {
    ask.post("/v1/messages", ask("hi"), T1);
    relay.clock.advance(Duration.ofSeconds(299));
    assertEquals("hit", header(ask.post("/v1/messages", ask("hi"), T1), "x-cc-relay-cache"));
    relay.clock.advance(Duration.ofSeconds(2));
    assertEquals("miss", header(ask.post("/v1/messages", ask("hi"), T1), "x-cc-relay-cache"));
  }

  @Test
  void aStaleAnswerCoversForAFailingUpstream() {
    ask.post("/v1/messages", ask("hi"), T1);
    relay.clock.advance(Duration.ofMinutes(10));
    upstream.next(FakeUpstream.whole(529, "{\"type\":\"error\"}"));
    var stale = ask.post("/v1/messages", ask("hi"), T1);
    assertEquals(200, stale.statusCode());
    assertEquals("stale", header(stale, "x-cc-relay-cache"));
    assertEquals("cc-relay; hit; ttl=-300", header(stale, "cache-status"));
    upstream.close();
    assertEquals("stale", header(ask.post("/v1/messages", ask("hi"), T1), "x-cc-relay-cache"));
  }

  @Test
  void aStaleAnswerIsServedAtOnceAndRefreshedBehind() {
    serve("cache: {responses: {stale_while_revalidate: 1h}}");
    ask.post("/v1/messages", ask("hi"), T1);
    relay.clock.advance(Duration.ofMinutes(10));
    upstream.always(FakeUpstream.whole(200, message("Newer")));
    assertEquals(message("Hello"), ask.post("/v1/messages", ask("hi"), T1).body());
    io.ccrelay.testing.Waiting.until(
        () -> upstream.calls() == 2 && relay.flights.size() == 0, "the refresh");
    var fresh = ask.post("/v1/messages", ask("hi"), T1);
    assertEquals(message("Newer"), fresh.body());
    assertEquals("hit", header(fresh, "x-cc-relay-cache"));
  }

  @Test
  void clientsControlReadingAndWriting() {
    ask.post("/v1/messages", ask("hi"), with(T1, "cache-control", "no-store"));
    assertEquals("miss", header(ask.post("/v1/messages", ask("hi"), T1), "x-cc-relay-cache"));
    ask.post("/v1/messages", ask("hi"), with(T1, "cache-control", "no-cache"));
    assertEquals(3, upstream.calls());
    assertEquals("hit", header(ask.post("/v1/messages", ask("hi"), T1), "x-cc-relay-cache"));
    assertFalse(upstream.last().fields().has("cache-control"));
  }

  @Test
  void onlyIfCachedNeverAsksTheUpstream() {
    var nothing = ask.post("/v1/messages", ask("hi"), with(T1, "cache-control", "only-if-cached"));
    assertEquals(504, nothing.statusCode());
    assertEquals("false", header(nothing, "x-should-retry"));
    assertTrue(nothing.body().contains("\"type\":\"error\""));
    assertEquals(0, upstream.calls());
    ask.post("/v1/messages", ask("hi"), T1);
    var hit = ask.post("/v1/messages", ask("hi"), with(T1, "cache-control", "only-if-cached"));
    assertEquals(200, hit.statusCode());
  }

  @Test
  void oneEntryServesBothWireForms() {
    serve("cache: {responses: {streaming: true}}");
    ask.post("/v1/messages", ask("hi"), T1);
    var stream = ask.post("/v1/messages", askStream("hi"), T1);
    assertEquals("hit", header(stream, "x-cc-relay-cache"));
    assertEquals("text/event-stream", header(stream, "content-type"));
    assertTrue(stream.body().startsWith("event: message_start\n"));
    assertTrue(stream.body().endsWith("data: {\"type\":\"message_stop\"}\n\n"));

    upstream.always(FakeUpstream.events(events("Bon", "jour")));
    ask.post("/v1/messages", askStream("salut"), T1);
    var again = ask.post("/v1/messages", askStream("salut"), T1);
    assertEquals("hit", header(again, "x-cc-relay-cache"));
    assertEquals(String.join("", events("Bon", "jour")), again.body());
    var json = ask.post("/v1/messages", ask("salut"), T1);
    assertEquals("hit", header(json, "x-cc-relay-cache"));
    assertTrue(json.body().contains("\"Bonjour\""), json.body());
    assertEquals(2, upstream.calls());
  }

  @Test
  void streamsNeitherReadNorWriteByDefault() {
    upstream.always(FakeUpstream.events(events("Hello")));
    ask.post("/v1/messages", askStream("hi"), T1);
    var second = ask.post("/v1/messages", askStream("hi"), T1);
    assertEquals(2, upstream.calls());
    assertEquals("bypass", header(second, "x-cc-relay-cache"));
    assertEquals("cc-relay; fwd=bypass; detail=streaming-off", header(second, "cache-status"));
  }

  @Test
  void theBodyReachesTheUpstreamByteForByte() {
    String odd =
        "{\"z\":1.0, \"a\":12345678901234567890,\"model\":\"claude-x\",\"t\":\"<&> \\u2028 \u2028\","
            + "\"messages\":[],\"e\":1E400}  ";
    ask.post("/v1/messages?beta=true", odd, T1);
    assertEquals(odd, upstream.last().text());
    assertEquals("/v1/messages?beta=true", upstream.last().uri());
  }

  @Test
  void theDebugFieldShowsTheKeyAndWhatItLeavesOut() {
    String body = ask("hi").replace("{\"model\"", "{\"metadata\":{\"user_id\":\"u\"},\"model\"");
    var answer = ask.post("/v1/messages", body, with(T1, "x-cc-relay-cache-debug", "1"));
    assertEquals(64, header(answer, "x-cc-relay-cache-key").length());
    assertTrue(header(answer, "x-cc-relay-cache-ignored").contains("metadata"));
    assertEquals("hit", header(ask.post("/v1/messages", ask("hi"), T1), "x-cc-relay-cache"));
  }

  private static String[] with(String[] headers, String name, String value) {
    var more = Arrays.copyOf(headers, headers.length + 2);
    more[headers.length] = name;
    more[headers.length + 1] = value;
    return more;
  }

  private static String header(HttpResponse<?> answer, String name) {
    return Optional.of(answer).flatMap(a -> a.headers().firstValue(name)).orElse("");
  }
}
