package io.ccrelay.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.Await;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@link Store} promises, for every backend that keeps values. */
class StoreContractTest {

  private static final Key KEY = Key.of("key");
  private static final Key OTHER = Key.of("other");
  private static final Bytes VALUE = Bytes.utf8("value");

  @ParameterizedTest(name = "a value that was set is found, an unknown key is not (26, 56) {0}")
  @EnumSource
  void setThenGet(StoreFixture fixture) {
    try (var session = fixture.open()) {
      Store store = session.store();

      Await.result(store.set(KEY, VALUE));

      assertEquals(Optional.of(VALUE), Await.result(store.get(KEY)));
      assertEquals(Optional.empty(), Await.result(store.get(OTHER)));
    }
  }

  @ParameterizedTest(name = "a read sees the write that completed before it, each time {0}")
  @EnumSource
  void readYourWrites(StoreFixture fixture) {
    try (var session = fixture.open()) {
      for (int i = 0; i < 200; i++) {
        Bytes value = Bytes.utf8("value " + i);

        Await.result(session.store().set(KEY, value));

        assertEquals(Optional.of(value), Await.result(session.store().get(KEY)));
      }
    }
  }

  @ParameterizedTest(name = "a value is there until its time to live is over (27, 57) {0}")
  @EnumSource
  void timeToLive(StoreFixture fixture) {
    try (var session = fixture.open()) {
      Store store = session.store();
      Await.result(store.set(KEY, VALUE, Duration.ofMillis(100)));
      assertEquals(Optional.of(VALUE), Await.result(store.get(KEY)));

      session.time().pass(Duration.ofMillis(300));

      assertEquals(Optional.empty(), Await.result(store.get(KEY)));
      assertFalse(Await.result(store.exists(KEY)));
      assertEquals(Map.of(), Await.result(store.getAll(List.of(KEY))));
    }
  }

  @ParameterizedTest(name = "the last write decides the time to live {0}")
  @EnumSource
  void lastTimeToLiveCounts(StoreFixture fixture) {
    try (var session = fixture.open()) {
      Store store = session.store();
      Await.result(store.set(KEY, VALUE, Duration.ofMillis(100)));
      Await.result(store.set(KEY, VALUE, Duration.ofMinutes(10)));
      Await.result(store.set(OTHER, VALUE, Duration.ofMinutes(10)));
      Await.result(store.set(OTHER, VALUE, Duration.ofMillis(100)));

      session.time().pass(Duration.ofMillis(300));

      assertTrue(Await.result(store.exists(KEY)));
      assertFalse(Await.result(store.exists(OTHER)));
    }
  }

  @ParameterizedTest(name = "a time to live of zero, or none, is no expiry {0}")
  @EnumSource
  void zeroIsForEver(StoreFixture fixture) {
    try (var session = fixture.open()) {
      Store store = session.store();
      Await.result(store.set(KEY, VALUE, Duration.ofMillis(1)));
      Await.result(store.set(KEY, VALUE, Duration.ZERO));
      Await.result(store.setAll(Map.of(OTHER, VALUE), Duration.ZERO));

      session.time().pass(Duration.ofMillis(300));

      assertTrue(Await.result(store.exists(KEY)));
      assertTrue(Await.result(store.exists(OTHER)));
    }
  }

  @ParameterizedTest(name = "a negative time to live is refused and changes nothing {0}")
  @EnumSource
  void negativeIsRefused(StoreFixture fixture) {
    try (var session = fixture.open()) {
      Store store = session.store();
      Await.result(store.set(KEY, VALUE));
      Duration negative = Duration.ofMillis(-1);

      Await.failure(IllegalArgumentException.class, store.set(KEY, Bytes.utf8("new"), negative));
      Await.failure(IllegalArgumentException.class, store.setAll(Map.of(OTHER, VALUE), negative));

      assertEquals(Optional.of(VALUE), Await.result(store.get(KEY)));
      assertFalse(Await.result(store.exists(OTHER)));
    }
  }

  @ParameterizedTest(name = "the longest time to live there is can be asked for {0}")
  @EnumSource
  void longestTimeToLive(StoreFixture fixture) {
    try (var session = fixture.open()) {
      Await.result(session.store().set(KEY, VALUE, Duration.ofSeconds(Long.MAX_VALUE)));

      assertEquals(Optional.of(VALUE), Await.result(session.store().get(KEY)));
    }
  }

  @ParameterizedTest(name = "a deleted value is gone, deleting an unknown key is fine (28, 58) {0}")
  @EnumSource
  void delete(StoreFixture fixture) {
    try (var session = fixture.open()) {
      Store store = session.store();
      Await.result(store.set(KEY, VALUE));

      Await.result(store.delete(KEY));
      Await.result(store.delete(KEY));
      Await.result(store.delete(OTHER));

      assertEquals(Optional.empty(), Await.result(store.get(KEY)));
    }
  }

  @ParameterizedTest(name = "a key exists once it was set (29, 59) {0}")
  @EnumSource
  void exists(StoreFixture fixture) {
    try (var session = fixture.open()) {
      assertFalse(Await.result(session.store().exists(KEY)));

      Await.result(session.store().set(KEY, VALUE));

      assertTrue(Await.result(session.store().exists(KEY)));
    }
  }

  @ParameterizedTest(name = "a batch is stored whole and read without what is absent {0}")
  @EnumSource
  void batches(StoreFixture fixture) {
    try (var session = fixture.open()) {
      Store store = session.store();
      Map<Key, Bytes> batch = Map.of(KEY, VALUE, OTHER, Bytes.utf8("two"));

      Await.result(store.setAll(batch, Duration.ofSeconds(1)));

      assertEquals(batch, Await.result(store.getAll(List.of(KEY, Key.of("absent"), OTHER))));
      assertEquals(Map.of(), Await.result(store.getAll(List.of())));
      session.time().pass(Duration.ofMillis(1500));
      assertEquals(Map.of(), Await.result(store.getAll(batch.keySet())));
    }
  }

  @ParameterizedTest(name = "look-ups are counted, values and bytes are held (31) {0}")
  @EnumSource
  void statistics(StoreFixture fixture) {
    try (var session = fixture.open()) {
      Store store = session.store();
      for (int i = 0; i < 10; i++) {
        Await.result(store.set(Key.of("key " + i), Bytes.copyOf(new byte[100])));
      }
      for (int i = 0; i < 5; i++) {
        Await.result(store.get(Key.of("key " + i)));
      }
      for (int i = 0; i < 3; i++) {
        Await.result(store.get(Key.of("absent " + i)));
      }
      Await.result(store.exists(KEY));

      Stats stats = Await.result(store.stats());

      assertEquals(5, stats.hits());
      assertEquals(3, stats.misses());
      assertEquals(10, stats.keyCount());
      assertTrue(
          stats.bytesUsed() >= 1000 || !fixture.knowsBytes(), "bytes used: " + stats.bytesUsed());
      assertEquals(0, stats.evictions());
    }
  }

  @ParameterizedTest(name = "batches count each look-up; deletion and expiry are no evictions {0}")
  @EnumSource
  void whatIsNotCounted(StoreFixture fixture) {
    try (var session = fixture.open()) {
      Store store = session.store();
      Await.result(store.setAll(Map.of(KEY, VALUE, OTHER, VALUE), Duration.ofMillis(100)));
      Await.result(store.getAll(List.of(KEY, Key.of("absent"))));
      Await.result(store.delete(KEY));
      session.time().pass(Duration.ofMillis(1500));

      assertEquals(new Stats(1, 1, 0, 0, 0), Await.result(store.stats()));
    }
  }

  @ParameterizedTest(name = "an open store answers a ping, a closed one does not (61, 62) {0}")
  @EnumSource
  void ping(StoreFixture fixture) {
    try (var session = fixture.open()) {
      Await.result(session.store().ping());
      Await.result(session.store().close());

      Await.failure(StoreClosedException.class, session.store().ping());
    }
  }

  @ParameterizedTest(name = "a closed store says so, closes again, and counts nothing (30, 35) {0}")
  @EnumSource
  void closed(StoreFixture fixture) {
    try (var session = fixture.open()) {
      Store store = session.store();
      Await.result(store.set(KEY, VALUE));
      Await.result(store.get(KEY));

      Await.result(store.close());
      Await.result(store.close());

      everyOperation(store).values().forEach(StoreContractTest::isClosed);
      assertEquals(Stats.ZERO, Await.result(store.stats()));
    }
  }

  private static void isClosed(Future<?> answer) {
    Await.failure(StoreClosedException.class, answer);
  }

  static Map<String, Future<?>> everyOperation(Store store) {
    var answers = new HashMap<String, Future<?>>();
    answers.put("get", store.get(KEY));
    answers.put("set", store.set(KEY, VALUE));
    answers.put("set with time to live", store.set(KEY, VALUE, Duration.ofSeconds(1)));
    answers.put("delete", store.delete(KEY));
    answers.put("exists", store.exists(KEY));
    answers.put("getAll", store.getAll(List.of(KEY)));
    answers.put("setAll", store.setAll(Map.of(KEY, VALUE), Duration.ZERO));
    answers.put("ping", store.ping());
    return answers;
  }

  @ParameterizedTest(name = "keys and values of any content and size come back whole (68, 69) {0}")
  @EnumSource
  void anyContent(StoreFixture fixture) {
    try (var session = fixture.open()) {
      Store store = session.store();
      var random = new Random(42);
      for (String key :
          List.of("", " ", "a b/c?d=é", "键 🗝 ключ", "x".repeat(1000), "\0\r\n:{}*")) {
        for (int size : new int[] {0, 1, 64 << 10, 2 << 20}) {
          byte[] value = new byte[size];
          random.nextBytes(value);

          Await.result(store.set(Key.of(key), Bytes.copyOf(value)));

          assertEquals(Optional.of(Bytes.owned(value)), Await.result(store.get(Key.of(key))));
        }
      }
    }
  }

  @ParameterizedTest(name = "neither side can change the other's bytes (34, 67) {0}")
  @EnumSource
  void isolation(StoreFixture fixture) {
    try (var session = fixture.open()) {
      Store store = session.store();
      byte[] mine = {1, 2, 3};
      Await.result(store.set(KEY, Bytes.copyOf(mine)));
      mine[0] = 99;
      byte[] theirs = Await.result(store.get(KEY)).orElseThrow().toArray();
      theirs[1] = 99;

      assertEquals(Optional.of(Bytes.copyOf(new byte[] {1, 2, 3})), Await.result(store.get(KEY)));
    }
  }

  @ParameterizedTest(name = "a stored slice does not depend on what it was cut from {0}")
  @EnumSource
  void slices(StoreFixture fixture) {
    try (var session = fixture.open()) {
      Bytes slice = Bytes.copyOf(new byte[1 << 20]).slice(10, 20);

      Await.result(session.store().set(KEY, slice));

      assertEquals(Optional.of(slice), Await.result(session.store().get(KEY)));
      assertTrue(Await.result(session.store().stats()).bytesUsed() < 10_000);
    }
  }
}
