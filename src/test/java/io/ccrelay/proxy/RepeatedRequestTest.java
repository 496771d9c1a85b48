package io.ccrelay.proxy;

import static io.ccrelay.testing.Chats.ask;
import static io.ccrelay.testing.Chats.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.PurgeSelector;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.RawClient;
import io.ccrelay.testing.Relays;
import io.ccrelay.testing.Waiting;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same bytes, sent again and again: what they get is what they would get if they were read. */
class RepeatedRequestTest {

  private static final String REQUEST =
      RawClient.post("/v1/messages", ask("hi"), "x-api-key: one", "anthropic-version: 2023-06-01");
  private static final int MANY = 10;

  private final Vertx vertx = Vertx.vertx();
  private FakeUpstream upstream;
  private Relays relay;
  private RawClient client;

  @BeforeEach
  void start() throws IOException {
    upstream = FakeUpstream.start(vertx);
    upstream.always(FakeUpstream.whole(200, message("Hello")));
    relay = Relays.start(Relays.before(upstream));
    client = new RawClient(relay.port());
    askMany();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    relay.close();
    vertx.close().await();
  }

  private RawClient.Answer askOnce() throws IOException {
    return client.send(REQUEST).answer().orElseThrow();
  }

  private void askMany() throws IOException {
    for (int i = 0; i < MANY; i++) {
      assertEquals(message("Hello"), askOnce().body());
    }
  }

  @Test
  void eachAnswerHasAnIdOfItsOwn() throws IOException {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < MANY; i++) {
      var answer = askOnce();
      assertEquals("hit", answer.fields().get("x-cc-relay-cache"));
      assertEquals(answer.fields().get("x-request-id"), answer.fields().get("request-id"));
      ids.add(answer.fields().get("x-request-id"));
    }
    assertEquals(MANY, ids.size());
    assertEquals(1, upstream.calls());
  }

  @Test
  void anIdThatTheClientGaveComesBack() throws IOException {
    String named =
        RawClient.post("/v1/messages", ask("hi"), "x-api-key: one", "x-request-id: mine");
    for (int i = 0; i < MANY; i++) {
      assertEquals("mine", client.send(named).answer().orElseThrow().fields().get("x-request-id"));
    }
  }

  @Test
  void ageAndFreshnessGoWithTheClock() throws IOException {
    relay.clock.advance(Duration.ofMillis(5));
    for (int second = 0; second < 5; second++) {
      for (int i = 0; i < 4; i++) {
        var answer = askOnce();
        assertEquals(Integer.toString(second), answer.fields().get("age"));
        assertEquals("cc-relay; hit; ttl=" + (299 - second), answer.fields().get("cache-status"));
        relay.clock.advance(Duration.ofMillis(i < 3 ? 10 : 970));
      }
    }
  }

  @Test
  void anEntryThatIsGoneIsNotRepeated() throws IOException {
    upstream.always(FakeUpstream.whole(200, message("Changed")));
    relay.purger.purge(PurgeSelector.EVERYTHING).await();
    assertEquals(message("Changed"), askOnce().body());
    assertEquals(2, upstream.calls());
  }

  @Test
  void anEntryThatExpiresIsNotRepeated() throws IOException {
    relay.clock.advance(Duration.ofMillis(299_990));
    askMany();
    upstream.always(FakeUpstream.whole(200, message("Changed")));
    relay.clock.advance(Duration.ofMillis(10));
    assertEquals(message("Changed"), askOnce().body());
  }

  @Test
  void settingsThatChangeHoldAtOnce() throws IOException {
    relay.reload(
        Relays.before(upstream).replace("server: {", "server: {auth: {api_key: secret}, "));
    assertEquals(401, askOnce().status());
    String allowed = REQUEST.replace("x-api-key: one", "x-api-key: secret");
    assertEquals(200, client.send(allowed).answer().orElseThrow().status());
  }

  @Test
  void everyOneIsCounted() throws IOException {
    Waiting.until(
        () -> relay.meters.snapshot().total() == MANY, "as many counted as were answered");
    double repeated =
        relay.meters.registry().get("cc.relay.requests.repeated").functionCounter().count();
    assertTrue(repeated > 0 && repeated < MANY, "some of them without being read");
  }
}
