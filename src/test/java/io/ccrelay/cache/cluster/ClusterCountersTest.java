package io.ccrelay.cache.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Counters;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.StoreUnavailableException;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.Waiting;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClusterCountersTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final Counters one = Pair.counters(0);
  private final Counters two = Pair.counters(1);
  private final Key key = Key.of(UUID.randomUUID().toString());

  private static Bytes number(int value) {
    return Bytes.utf8(String.valueOf(value));
  }

  @Test
  void stateOfOneMemberIsThatOfTheOther() {
    assertEquals(Optional.empty(), Await.result(two.read(key)));
    assertTrue(Await.result(one.replace(key, Optional.empty(), number(1), HOUR)));
    assertEquals(Optional.of(number(1)), Await.result(two.read(key)));
    assertTrue(Await.result(two.replace(key, Optional.of(number(1)), number(2), HOUR)));
    assertEquals(Optional.of(number(2)), Await.result(one.read(key)));
  }

  @Test
  void stateThatIsNoLongerWhatWasReadStays() {
    assertFalse(Await.result(one.replace(key, Optional.of(number(7)), number(8), HOUR)));
    assertTrue(Await.result(one.replace(key, Optional.empty(), number(1), HOUR)));
    assertFalse(Await.result(two.replace(key, Optional.empty(), number(2), HOUR)));
    assertFalse(Await.result(two.replace(key, Optional.of(number(9)), number(2), HOUR)));
    assertEquals(Optional.of(number(1)), Await.result(one.read(key)));
  }

  @Test
  void stateIsForgottenAfterItsTimeOrKept() {
    var kept = Key.of(UUID.randomUUID().toString());
    assertTrue(Await.result(two.replace(kept, Optional.empty(), number(1), Duration.ZERO)));
    assertTrue(Await.result(one.replace(key, Optional.empty(), number(1), Duration.ofMillis(50))));
    Waiting.until(() -> Await.result(two.read(key)).isEmpty(), "expired");
    assertEquals(Optional.of(number(1)), Await.result(one.read(kept)));
  }

  @Test
  void noChangeOfContendingMembersIsLost() throws Exception {
    int each = 100;
    try (var threads = Executors.newFixedThreadPool(2)) {
      var first = threads.submit(() -> count(one, each));
      var second = threads.submit(() -> count(two, each));
      first.get();
      second.get();
    }
    assertEquals(Optional.of(number(2 * each)), Await.result(one.read(key)));
  }

  @Test
  void countsOutliveAMemberAndAMemberThatLeftFails() {
    try (var nodes = new TestNodes(2)) {
      var stays = nodes.start(0);
      var leaves = nodes.start(1);
      Waiting.until(() -> stays.node().members().size() == 2, "two members");
      var counters = stays.node().counters(stays.vertx(), Duration.ofSeconds(5));
      var others = leaves.node().counters(leaves.vertx(), Duration.ofSeconds(5));
      var keys = Stream.generate(() -> Key.of(UUID.randomUUID().toString())).limit(20).toList();
      keys.forEach(each ->
          assertTrue(Await.result(others.replace(each, Optional.empty(), number(1), HOUR))));

      leaves.node().leave();

      keys.forEach(each -> assertEquals(Optional.of(number(1)), Await.result(counters.read(each))));
      var failed = others.read(key);
      Waiting.until(failed::isComplete, "an answer");
      assertInstanceOf(StoreUnavailableException.class, failed.cause());
    }
  }

  private void count(Counters counters, int times) {
    for (int done = 0; done < times; ) {
      Optional<Bytes> before = Await.result(counters.read(key));
      int next = before.map(bytes -> Integer.parseInt(bytes.toUtf8())).orElse(0) + 1;
      done += Await.result(counters.replace(key, before, number(next), HOUR)) ? 1 : 0;
    }
  }
}
