package io.ccrelay.proxy;

import static io.ccrelay.testing.Ask.outcome;
import static io.ccrelay.testing.Chats.ask;
import static io.ccrelay.testing.Chats.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Entry;
import io.ccrelay.cache.EntryFormat;
import io.ccrelay.cache.PurgeLedger;
import io.ccrelay.cache.PurgeReport;
import io.ccrelay.cache.PurgeSelector;
import io.ccrelay.cache.PurgeSelector.Kind;
import io.ccrelay.testing.Ask;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.Relays;
import io.ccrelay.testing.Waiting;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Purges of LLM answers, over real sockets. */
class PurgingTest {

  private final Vertx vertx = Vertx.vertx();
  private FakeUpstream upstream;
  private Relays relay;
  private Ask client;

  @BeforeEach
  void start() {
    upstream = FakeUpstream.start(vertx);
    upstream.always(FakeUpstream.whole(200, message("Hello")));
    relay = Relays.start(Relays.before(upstream));
    client = new Ask(relay.origin());
  }

  @AfterEach
  void stop() {
    relay.close();
    vertx.close().await();
  }

  private String askTagged() {
    String outcome =
        outcome(
            client.post(
                "/v1/messages", ask("hi"), "x-api-key", "k", "X-CC-Relay-Cache-Tags", "red, blue"));
    relay.awaitIdle();
    return outcome;
  }

  private Entry stored() {
    return StreamSupport.stream(relay.store.held().spliterator(), false)
        .flatMap(held -> EntryFormat.decode(held.getValue()).stream())
        .findFirst()
        .orElseThrow();
  }

  private PurgeReport purge(Kind kind, String value) {
    return Await.result(relay.purger.purge(new PurgeSelector(kind, value)));
  }

  private void purgesTheEntry(Kind kind, String value) {
    var report = purge(kind, value);
    assertEquals(1, report.matched());
    assertEquals(1, report.removed());
    assertTrue(report.complete() && report.durable());
    assertEquals("miss", askTagged());
    assertEquals("hit", askTagged());
  }

  @ParameterizedTest
  @CsvSource({"TAG, red", "TAG, blue", "MODEL, claude-x", "PREFIX, /v1/mess", "ALL, ''"})
  void aPurgedAnswerIsAMissAndTheNextIsStoredAgain(Kind kind, String value) {
    assertEquals("miss", askTagged());
    assertEquals("hit", askTagged());
    purgesTheEntry(kind, value);
  }

  @Test
  void answersArePurgedByTheirScopeAndKey() {
    askTagged();
    purgesTheEntry(Kind.SCOPE, stored().attributes().get("scope"));
    String key =
        StreamSupport.stream(relay.store.held().spliterator(), false)
            .filter(held -> EntryFormat.decode(held.getValue()).isPresent())
            .findFirst()
            .orElseThrow()
            .getKey()
            .hex();
    purgesTheEntry(Kind.KEY, key);
    purgesTheEntry(Kind.PREFIX, key.substring(0, 10));
  }

  @ParameterizedTest
  @CsvSource({"TAG, green", "MODEL, claude", "SCOPE, x", "PREFIX, /v2", "KEY, 00"})
  void whatIsNotMeantStays(Kind kind, String value) {
    askTagged();
    assertEquals(0, purge(kind, value).matched());
    assertEquals("hit", askTagged());
  }

  @Test
  void aDryRunCountsAndChangesNothing() {
    askTagged();
    var report = Await.result(relay.purger.count(new PurgeSelector(Kind.TAG, "red")));
    assertEquals(1, report.matched());
    assertEquals(0, report.removed());
    assertEquals("hit", askTagged());
    purge(Kind.TAG, "red");
    assertEquals(0, Await.result(relay.purger.count(new PurgeSelector(Kind.TAG, "red"))).matched());
  }

  @Test
  void anAnswerUnderWayDuringThePurgeIsNotStoredAndNobodyBoardsItsFlight() {
    var gate = FakeUpstream.gate();
    upstream.next(FakeUpstream.hang(gate));
    var before = client.postLater("/v1/messages", ask("hi"), "x-api-key", "k");
    gate.await(1);

    relay.clock.advance(Duration.ofSeconds(1));
    purge(Kind.ALL, "");
    relay.clock.advance(Duration.ofSeconds(1));

    assertEquals("miss", outcome(client.post("/v1/messages", ask("hi"), "x-api-key", "k")));
    gate.answer(message("old"));
    assertEquals(message("old"), before.join().body());
    relay.awaitIdle();
    var after = client.post("/v1/messages", ask("hi"), "x-api-key", "k");
    assertEquals("hit", outcome(after));
    assertEquals(message("Hello"), after.body());
    assertEquals(2, upstream.calls());
  }

  @Test
  void anEntryThatComesBackAfterAPurgeIsAMissAndIsRemoved() {
    askTagged();
    var held = relay.store.held().iterator().next();
    var key = held.getKey();
    var old = held.getValue();
    relay.clock.advance(Duration.ofSeconds(1));
    purge(Kind.TAG, "red");
    Await.result(relay.store.set(key, old));

    upstream.always(FakeUpstream.whole(500, "{}"));
    assertEquals("miss", askTagged());
    Waiting.until(() -> !Await.result(relay.store.exists(key)), "removal");
  }

  @Test
  void aRestartedNodeRemembers() {
    askTagged();
    purge(Kind.TAG, "red");
    var restarted = new io.ccrelay.cache.purge.PurgeBook(relay.store);
    assertEquals(PurgeLedger.EMPTY, restarted.get());
    Await.result(restarted.reconcile());
    assertEquals(relay.purges.get(), restarted.get());
  }
}
