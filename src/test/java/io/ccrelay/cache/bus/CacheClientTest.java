package io.ccrelay.cache.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Cache;
import io.ccrelay.cache.CacheOptions;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.EntryFormat;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Lookup;
import io.ccrelay.cache.Stats;
import io.ccrelay.cache.StoreClosedException;
import io.ccrelay.cache.StoreUnavailableException;
import io.ccrelay.cache.StoreUnavailableException.Reason;
import io.ccrelay.cache.Usage;
import io.ccrelay.cache.store.CaffeineStore;
import io.ccrelay.http.Fields;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.FakeClock;
import io.ccrelay.testing.LogCapture;
import io.ccrelay.testing.ScriptedStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The relay's side of the cache, over a real event bus, with a store that can be made to fail. */
class CacheClientTest {

  private static final Key KEY = Key.of("key");
  private static final Duration DEADLINE = Duration.ofMillis(20);
  private static final Duration GENEROUS = Duration.ofSeconds(10);

  private final FakeClock clock = new FakeClock();
  private final ScriptedStore store =
      new ScriptedStore(new CaffeineStore(CacheOptions.Local.DEFAULTS, clock::nanos));
  private final List<Reason> failures = new CopyOnWriteArrayList<>();
  private final Vertx vertx = Vertx.vertx();
  private CacheDeployment deployment;
  private Context context;
  private Cache cache;

  @BeforeEach
  void deploy() {
    deployment = Await.result(CacheDeployment.deploy(vertx, store));
    context = vertx.getOrCreateContext();
    cache = client(GENEROUS);
  }

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  private Cache client(Duration deadline) {
    var made = Promise.<Cache>promise();
    context.runOnContext(_ -> made.complete(deployment.client(deadline, failures::add)));
    return Await.result(made.future());
  }

  private <T> T ask(Function<Cache, Future<T>> question) {
    var answer = Promise.<T>promise();
    context.runOnContext(_ -> question.apply(cache).onComplete(answer));
    return Await.result(answer.future());
  }

  private boolean did(Function<Cache, Future<Boolean>> operation) {
    return ask(operation);
  }

  private Lookup lookup() {
    return ask(cache -> cache.lookup(KEY));
  }

  private Entry entry(Duration freshFor) {
    return new Entry(
        200,
        Entry.Form.JSON,
        clock.instant(),
        freshFor,
        Duration.ZERO,
        Fields.of("content-type", "application/json"),
        List.of(),
        Map.of("model", "m"),
        new Usage(10, 20),
        Bytes.utf8("{}"));
  }

  private static void isUnavailable(Reason reason, Lookup lookup) {
    assertEquals(reason, assertInstanceOf(Lookup.Unavailable.class, lookup).reason());
  }

  @Test
  void whatWasKeptIsFoundUntilItsRetentionIsOver() {
    Entry entry = entry(Duration.ofMinutes(1));
    assertEquals(Lookup.MISS, lookup());

    assertTrue(did(cache -> cache.keep(KEY, entry)));
    assertEquals(new Lookup.Hit(entry), lookup());

    clock.advance(Duration.ofMinutes(2));
    assertEquals(Lookup.MISS, lookup());
    assertEquals(List.of(), failures);
  }

  @Test
  void anEntryWithoutRetentionIsNotKept() {
    assertFalse(did(cache -> cache.keep(KEY, entry(Duration.ZERO))));

    assertEquals(Lookup.MISS, lookup());
  }

  @Test
  void whatWasRemovedIsAMiss() {
    ask(cache -> cache.keep(KEY, entry(Duration.ofMinutes(1))));

    assertTrue(did(cache -> cache.remove(KEY)));

    assertEquals(Lookup.MISS, lookup());
  }

  @Test
  void countersAndPingComeFromTheStore() {
    ask(cache -> cache.keep(KEY, entry(Duration.ofMinutes(1))));
    lookup();

    Stats stats = ask(Cache::stats);

    assertEquals(1, stats.hits());
    assertEquals(1, stats.keyCount());
    assertTrue(did(Cache::ping));
  }

  @Test
  void bytesThatAreNoEntryAreAMissAndACount() {
    Await.result(store.set(KEY, Bytes.utf8("of another programme")));

    assertEquals(Lookup.MISS, lookup());
    assertEquals(List.of(Reason.SERIALIZATION), failures);
  }

  @Test
  void everyOperationOnAStalledStoreEndsWithinTheDeadline() {
    cache = client(DEADLINE);
    store.stall();

    isUnavailable(Reason.DEADLINE, lookup());
    assertFalse(did(cache -> cache.keep(KEY, entry(Duration.ofMinutes(1)))));
    assertFalse(did(cache -> cache.remove(KEY)));
    assertEquals(Stats.ZERO, ask(Cache::stats));

    assertEquals(
        List.of(Reason.DEADLINE, Reason.DEADLINE, Reason.DEADLINE, Reason.DEADLINE), failures);
  }

  @Test
  void aFailureOfTheStoreKeepsItsReason() {
    store.failWith(new StoreUnavailableException(Reason.QUORUM, "one of three"));
    isUnavailable(Reason.QUORUM, lookup());

    store.failWith(new StoreClosedException());
    isUnavailable(Reason.OTHER, lookup());

    store.throwing(new IllegalStateException("a defect"));
    isUnavailable(Reason.OTHER, lookup());
  }

  @Test
  void withoutAVerticleTheAnswerIsImmediate() {
    Await.result(deployment.close());

    isUnavailable(Reason.NETWORK, lookup());
  }

  @Test
  void afterFiveFailuresInARowTheStoreIsLeftAlone() {
    store.failWith(new StoreUnavailableException(Reason.NETWORK, "refused"));
    for (int i = 0; i < 5; i++) {
      isUnavailable(Reason.NETWORK, lookup());
    }
    int asked = store.asked.get();

    isUnavailable(Reason.BYPASSED, lookup());
    assertFalse(did(cache -> cache.keep(KEY, entry(Duration.ofMinutes(1)))));
    assertFalse(did(Cache::ping));
    assertEquals(Stats.ZERO, ask(Cache::stats));

    assertEquals(asked, store.asked.get());
    assertEquals(4, failures.stream().filter(reason -> reason == Reason.BYPASSED).count());
  }

  @Test
  void anAnswerInBetweenStartsTheCountAnew() {
    for (int round = 0; round < 3; round++) {
      store.failWith(new StoreUnavailableException(Reason.NETWORK, "refused"));
      for (int i = 0; i < 4; i++) {
        isUnavailable(Reason.NETWORK, lookup());
      }
      store.recover();
      assertEquals(Lookup.MISS, lookup());
    }
  }

  @Test
  void aStalledStoreCostsAtMostFiveDeadlines() {
    cache = client(DEADLINE);
    store.stall();
    for (int i = 0; i < 5; i++) {
      isUnavailable(Reason.DEADLINE, lookup());
    }

    isUnavailable(Reason.BYPASSED, lookup());
    assertEquals(5, store.asked.get());
  }

  @Test
  void thePingThatIsAnsweredEndsTheBypass() throws Exception {
    store.failWith(new StoreUnavailableException(Reason.NETWORK, "refused"));
    for (int i = 0; i < 5; i++) {
      lookup();
    }
    isUnavailable(Reason.BYPASSED, lookup());
    store.recover();

    var answers = new CountDownLatch(1);
    vertx.setPeriodic(
        10,
        timer ->
            context.runOnContext(_ ->
                cache
                    .lookup(KEY)
                    .onSuccess(lookup -> {
                      if (lookup.equals(Lookup.MISS)) {
                        answers.countDown();
                      }
                    })));

    assertTrue(answers.await(15, TimeUnit.SECONDS));
    assertEquals(1, store.pinged.get());
  }

  @Test
  void manyCallsAtOnceAllEndWhenTheStoreStalls() {
    cache = client(DEADLINE);
    store.stall();

    var lookups =
        ask(cache ->
            Future.join(IntStream.range(0, 1000).mapToObj(_ -> cache.lookup(KEY)).toList()));

    assertEquals(1000, lookups.size());
    for (int i = 0; i < lookups.size(); i++) {
      isUnavailable(Reason.DEADLINE, lookups.resultAt(i));
    }
  }

  @Test
  void answersArriveOnTheContextThatAsked() {
    var where = Promise.<Context>promise();

    context.runOnContext(
        _ -> cache.lookup(KEY).onComplete(_ -> where.complete(Vertx.currentContext())));

    assertEquals(context, Await.result(where.future()));
  }

  @Test
  void anEntryOfANewerFormatIsAMissThatIsToldOfOnceAndReplaced() {
    byte[] newer = EntryFormat.encode(entry(Duration.ofMinutes(1))).toArray();
    newer[2] = 9;
    try (var log = LogCapture.start()) {
      Await.result(store.set(KEY, Bytes.owned(newer), Duration.ofMinutes(1)));
      for (int i = 0; i < 3; i++) {
        assertEquals(Lookup.MISS, lookup());
      }
      Await.result(store.set(KEY, Bytes.utf8("of another program"), Duration.ofMinutes(1)));
      assertEquals(Lookup.MISS, lookup());

      assertEquals(
          List.of(
              Reason.SERIALIZATION,
              Reason.SERIALIZATION,
              Reason.SERIALIZATION,
              Reason.SERIALIZATION),
          failures);
      var told = log.lines().stream().filter(line -> line.contains("has the format 9")).toList();
      assertEquals(1, told.size(), told::toString);
      assertTrue(told.getFirst().contains("run the same version"), told::toString);
    }
    assertTrue(did(cache -> cache.keep(KEY, entry(Duration.ofMinutes(1)))));
    assertInstanceOf(Lookup.Hit.class, lookup());
  }
}
