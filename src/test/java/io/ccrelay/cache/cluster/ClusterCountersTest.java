package io.ccrelay.cache.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Counters;
import io.ccrelay.cache.Key;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.Waiting;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
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

  private void count(Counters counters, int times) {
    for (int done = 0; done < times; ) {
      Optional<Bytes> before = Await.result(counters.read(key));
      int next = before.map(bytes -> Integer.parseInt(bytes.toUtf8())).orElse(0) + 1;
      done += Await.result(counters.replace(key, before, number(next), HOUR)) ? 1 : 0;
    }
  }
}
