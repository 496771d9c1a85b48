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
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Counters that several processes share, as members of a cluster or as its clients. */
class ClusterCountersTest {

  private static final Duration HOUR = Duration.ofHours(1);

  /** Two who count together. */
  enum Users {
    MEMBERS(() -> Pair.counters(0), () -> Pair.counters(1)),
    MEMBER_AND_CLIENT(() -> Pair.counters(1), Pair::clientCounters),
    CLIENT_AND_MEMBER(Pair::clientCounters, () -> Pair.counters(0)),
    CLIENTS(Pair::clientCounters, Pair::clientCounters),
    CLIENTS_OF_AN_INFINISPAN_SERVER(
        () -> RemoteStores.countersOfAServer("counted"),
        () -> RemoteStores.countersOfAServer("counted"));

    final Counters one;
    final Counters two;

    Users(Supplier<Counters> one, Supplier<Counters> two) {
      this.one = one.get();
      this.two = two.get();
    }
  }

  private final Key key = Key.of(UUID.randomUUID().toString());

  private static Bytes number(int value) {
    return Bytes.utf8(String.valueOf(value));
  }

  @ParameterizedTest(name = "the state of one is that of the other {0}")
  @EnumSource
  void stateOfOneMemberIsThatOfTheOther(Users users) {
    assertEquals(Optional.empty(), Await.result(users.two.read(key)));
    assertTrue(Await.result(users.one.replace(key, Optional.empty(), number(1), HOUR)));
    assertEquals(Optional.of(number(1)), Await.result(users.two.read(key)));
    assertTrue(Await.result(users.two.replace(key, Optional.of(number(1)), number(2), HOUR)));
    assertEquals(Optional.of(number(2)), Await.result(users.one.read(key)));
  }

  @ParameterizedTest(name = "a state that is no longer what was read stays {0}")
  @EnumSource
  void stateThatIsNoLongerWhatWasReadStays(Users users) {
    assertFalse(Await.result(users.one.replace(key, Optional.of(number(7)), number(8), HOUR)));
    assertTrue(Await.result(users.one.replace(key, Optional.empty(), number(1), HOUR)));
    assertFalse(Await.result(users.two.replace(key, Optional.empty(), number(2), HOUR)));
    assertFalse(Await.result(users.two.replace(key, Optional.of(number(9)), number(2), HOUR)));
    assertEquals(Optional.of(number(1)), Await.result(users.one.read(key)));
  }

  @ParameterizedTest(name = "a state is forgotten after its time, or kept {0}")
  @EnumSource
  void stateIsForgottenAfterItsTimeOrKept(Users users) {
    var kept = Key.of(UUID.randomUUID().toString());
    assertTrue(Await.result(users.two.replace(kept, Optional.empty(), number(1), Duration.ZERO)));
    assertTrue(
        Await.result(users.one.replace(key, Optional.empty(), number(1), Duration.ofMillis(50))));
    Waiting.until(() -> Await.result(users.two.read(key)).isEmpty(), "expired");
    assertEquals(Optional.of(number(1)), Await.result(users.one.read(kept)));
  }

  @ParameterizedTest(name = "no change of contenders is lost {0}")
  @EnumSource
  void noChangeOfContendingMembersIsLost(Users users) throws Exception {
    int each = 100;
    try (var threads = Executors.newFixedThreadPool(2)) {
      var first = threads.submit(() -> count(users.one, each));
      var second = threads.submit(() -> count(users.two, each));
      first.get();
      second.get();
    }
    assertEquals(Optional.of(number(2 * each)), Await.result(users.one.read(key)));
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
