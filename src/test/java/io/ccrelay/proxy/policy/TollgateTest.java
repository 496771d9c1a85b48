package io.ccrelay.proxy.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Counters;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.StoreUnavailableException;
import io.ccrelay.cache.store.LocalCounters;
import io.ccrelay.limit.Limit;
import io.ccrelay.limit.Limit.Verdict;
import io.ccrelay.limit.Window;
import io.ccrelay.policy.run.Toll;
import io.ccrelay.testing.FakeClock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TollgateTest {

  private final FakeClock clock = new FakeClock();
  private final Counters counters = new LocalCounters(clock::nanos);

  private static Toll toll(String key, int most) {
    return new Toll(
        Key.of(key),
        new Limit(most, new Window.Sliding(Duration.ofSeconds(60))),
        1,
        Toll.Kind.TAKE);
  }

  @Test
  void gatesThatPayTogetherNeverTakeMoreThanThereIs() throws Exception {
    var admitted = new AtomicInteger();
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4; i++) {
        threads.execute(() -> {
          var gate = new Tollgate(counters, clock);
          for (int call = 0; call < 1000; call++) {
            var verdicts = gate.pay(List.of(toll("k", 1500))).result();
            admitted.addAndGet(verdicts.getFirst() instanceof Verdict.Admitted ? 1 : 0);
          }
        });
      }
    }
    assertEquals(1500, admitted.get());
  }

  @Test
  void whatWasTakenBeforeARefusalIsGivenBack() {
    var gate = new Tollgate(counters, clock);
    gate.pay(List.of(toll("narrow", 1)));
    for (int i = 0; i < 5; i++) {
      var verdicts = gate.pay(List.of(toll("wide", 2), toll("narrow", 1))).result();
      assertEquals(2, verdicts.size());
    }
    assertEquals(new Verdict.Admitted(1), gate.pay(List.of(toll("wide", 2))).result().getFirst());
  }

  @Test
  void counterThatIsDownAdmits() {
    Counters down =
        new Counters() {
          @Override
          public Future<Optional<Bytes>> read(Key key) {
            return Future.failedFuture(
                new StoreUnavailableException(StoreUnavailableException.Reason.QUORUM, "down"));
          }

          @Override
          public Future<Boolean> replace(
              Key key, Optional<Bytes> expected, Bytes next, Duration ttl) {
            return Future.succeededFuture(false);
          }
        };
    assertEquals(
        List.of(new Verdict.Admitted(1)),
        new Tollgate(down, clock).pay(List.of(toll("k", 1))).result());
  }

  @Test
  void countersThatThrowAdmitAndKeepNobodyWaiting() {
    Counters broken =
        new Counters() {
          @Override
          public Future<Optional<Bytes>> read(Key key) {
            throw new IllegalStateException("stopped");
          }

          @Override
          public Future<Boolean> replace(
              Key key, Optional<Bytes> expected, Bytes next, Duration ttl) {
            throw new IllegalStateException("stopped");
          }
        };
    var gate = new Tollgate(broken, clock);
    for (int i = 0; i < 2; i++) {
      assertEquals(List.of(new Verdict.Admitted(1)), gate.pay(List.of(toll("k", 1))).result());
    }
  }

  @Test
  void counterThatOthersChangeAllTheTimeIsGivenUpAfterSomeAttempts() {
    var reads = new ArrayList<Key>();
    Counters contended =
        new Counters() {
          @Override
          public Future<Optional<Bytes>> read(Key key) {
            reads.add(key);
            return Future.succeededFuture(Optional.empty());
          }

          @Override
          public Future<Boolean> replace(
              Key key, Optional<Bytes> expected, Bytes next, Duration ttl) {
            return Future.succeededFuture(false);
          }
        };
    new Tollgate(contended, clock).pay(List.of(toll("k", 1)));
    assertEquals(Tollgate.ATTEMPTS + 1, reads.size());
  }

  @Test
  void tollsThatMeetAtACounterArePaidTogetherInOrder() {
    Promise<Optional<Bytes>> slow = Promise.promise();
    var replaced = new ArrayList<Bytes>();
    Counters counter =
        new Counters() {
          @Override
          public Future<Optional<Bytes>> read(Key key) {
            return replaced.isEmpty()
                ? slow.future()
                : Future.succeededFuture(Optional.of(replaced.getLast()));
          }

          @Override
          public Future<Boolean> replace(
              Key key, Optional<Bytes> expected, Bytes next, Duration ttl) {
            replaced.add(next);
            return Future.succeededFuture(true);
          }
        };
    var gate = new Tollgate(counter, clock);
    var paid = new ArrayList<Future<List<Verdict>>>();
    for (int i = 0; i < 5; i++) {
      paid.add(gate.pay(List.of(toll("k", 3))));
    }
    slow.complete(Optional.empty());
    assertEquals(
        List.of(2L, 1L, 0L, -1L, -1L),
        paid.stream().map(each -> remaining(each.result().getFirst())).toList());
    assertEquals(2, replaced.size(), "the first alone, those that waited for it together");
  }

  private static long remaining(Verdict verdict) {
    return verdict instanceof Verdict.Admitted(long left) ? left : -1;
  }
}
