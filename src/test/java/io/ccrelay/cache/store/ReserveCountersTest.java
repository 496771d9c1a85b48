package io.ccrelay.cache.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Counters;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.StoreUnavailableException;
import io.ccrelay.cache.StoreUnavailableException.Reason;
import io.ccrelay.testing.FakeClock;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReserveCountersTest {

  private static final Key KEY = Key.of("key");
  private static final Duration HOUR = Duration.ofHours(1);

  private final FakeClock clock = new FakeClock();
  private final Breaking others = new Breaking(new LocalCounters(clock::nanos));
  private final Counters counters =
      new ReserveCounters(others, new LocalCounters(clock::nanos), clock::nanos);

  /** Counters that can be out of reach. */
  private static final class Breaking implements Counters {
    private final Counters real;
    private boolean broken;
    private int asked;

    Breaking(Counters real) {
      this.real = real;
    }

    @Override
    public Future<Optional<Bytes>> read(Key key) {
      asked++;
      return broken ? failed() : real.read(key);
    }

    @Override
    public Future<Boolean> replace(Key key, Optional<Bytes> expected, Bytes next, Duration ttl) {
      asked++;
      return broken ? failed() : real.replace(key, expected, next, ttl);
    }

    private static <T> Future<T> failed() {
      return Future.failedFuture(new StoreUnavailableException(Reason.NETWORK, "away"));
    }
  }

  /** Counts one more, as a limit does. */
  private int count() {
    while (true) {
      Optional<Bytes> before = counters.read(KEY).result();
      int next = before.map(state -> Integer.parseInt(state.toUtf8())).orElse(0) + 1;
      if (counters.replace(KEY, before, Bytes.utf8(String.valueOf(next)), HOUR).result()) {
        return next;
      }
    }
  }

  @Test
  void othersCountWhileTheyAnswer() {
    assertEquals(1, count());
    assertEquals(2, count());
    assertEquals(Optional.of(Bytes.utf8("2")), others.real.read(KEY).result());
  }

  @Test
  void reserveCountsFromNothingWhileTheyDoNotAndThenTheyGoOnWithTheirOwn() {
    count();
    count();
    others.broken = true;

    assertEquals(1, count());
    assertEquals(2, count());

    others.broken = false;
    assertEquals(3, count(), "they are left alone for a moment");
    clock.advance(ReserveCounters.PAUSE);
    assertEquals(3, count(), "theirs was 2");
  }

  @Test
  void othersAreAskedOnceInAPauseWhileTheyFail() {
    others.broken = true;
    for (int i = 0; i < 50; i++) {
      count();
    }
    assertEquals(1, others.asked);
    clock.advance(ReserveCounters.PAUSE);
    count();
    assertEquals(2, others.asked);
  }

  @Test
  void stateReadFromTheOthersReplacesNothingOfTheReserve() {
    count();
    Optional<Bytes> theirs = counters.read(KEY).result();
    others.broken = true;

    assertEquals(false, counters.replace(KEY, theirs, Bytes.utf8("2"), HOUR).result());
    assertEquals(1, count());
  }
}
