package io.ccrelay.cache.cluster;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Store;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.Waiting;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a member hears of values stored by others. */
class ArrivalsTest {

  private static final Duration LONG = Duration.ofMinutes(5);

  private final Pair pair = new Pair();

  @AfterEach
  void end() {
    pair.end();
  }

  @Test
  void aMemberHearsOfNewAndOfReplacedValuesWhoeverHoldsThem() {
    Store one = pair.store();
    Map<Key, Bytes> heard = new ConcurrentHashMap<>();
    assertInstanceOf(ClusterStore.class, pair.other()).watch(heard::put);
    for (int i = 0; i < 20; i++) {
      Await.result(one.set(Key.of("key " + i), Bytes.utf8("first " + i), LONG));
    }
    Waiting.until(() -> heard.size() == 20, "all new values are told");

    Await.result(one.set(Key.of("key 7"), Bytes.utf8("second"), LONG));

    Waiting.until(
        () -> Bytes.utf8("second").equals(heard.get(Key.of("key 7"))), "the new value is told");
  }
}
