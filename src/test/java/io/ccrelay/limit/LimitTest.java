package io.ccrelay.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Bytes;
import io.ccrelay.limit.Limit.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LimitTest {

  private static final Instant T0 = Instant.parse("2026-03-04T10:20:30Z");

  private Tally tally = Tally.NONE;

  private Verdict take(Limit limit, Instant now, long amount) {
    Limit.Step step = limit.take(Tally.decode(tally.encode()), now, amount);
    tally = step.tally();
    return step.verdict();
  }

  private static Verdict refused(long seconds) {
    return new Verdict.Refused(Optional.of(Duration.ofSeconds(seconds)));
  }

  @Test
  void slidingWindowFreesEachCallOneWindowAfterItWasMade() {
    var limit = new Limit(2, new Window.Sliding(Duration.ofSeconds(60)));

    assertEquals(new Verdict.Admitted(1), take(limit, T0, 1));
    assertEquals(new Verdict.Admitted(0), take(limit, T0.plusSeconds(20), 1));
    assertEquals(refused(20), take(limit, T0.plusSeconds(40), 1));
    assertEquals(refused(1), take(limit, T0.plusMillis(59_999), 1));
    assertEquals(new Verdict.Admitted(0), take(limit, T0.plusSeconds(60), 1));
    assertEquals(refused(20), take(limit, T0.plusSeconds(60), 1));
  }

  @Test
  void fixedWindowFreesAllAtItsEnd() {
    Instant anchor = Instant.parse("0001-01-01T00:00:00Z");
    var limit = new Limit(2, new Window.Fixed(anchor, Duration.ofMinutes(5)));

    assertEquals(new Verdict.Admitted(1), take(limit, T0, 1));
    assertEquals(new Verdict.Admitted(0), take(limit, T0.plusSeconds(60), 1));
    assertEquals(refused(208), take(limit, T0.plusSeconds(62), 1));
    assertEquals(new Verdict.Admitted(1), take(limit, Instant.parse("2026-03-04T10:25:00Z"), 1));
  }

  @Test
  void windowThatNeverEndsNeverFrees() {
    var limit = new Limit(1, new Window.Fixed(T0, Duration.ZERO));

    assertEquals(new Verdict.Admitted(0), take(limit, T0, 1));
    assertEquals(
        new Verdict.Refused(Optional.empty()), take(limit, T0.plus(Duration.ofDays(9999)), 1));
    assertEquals(Optional.empty(), limit.retention(T0));
  }

  @Test
  void calendarWindowsBeginWhereUtcSaysSo() {
    var begins = new ArrayList<String>();
    for (ChronoUnit unit :
        List.of(
            ChronoUnit.HOURS,
            ChronoUnit.DAYS,
            ChronoUnit.WEEKS,
            ChronoUnit.MONTHS,
            ChronoUnit.YEARS)) {
      var window = new Window.Calendar(unit);
      begins.add(window.begin(T0) + " " + window.frees(T0).orElseThrow());
    }
    assertEquals(
        List.of(
            "2026-03-04T10:00:00Z 2026-03-04T11:00:00Z",
            "2026-03-04T00:00:00Z 2026-03-05T00:00:00Z",
            "2026-03-02T00:00:00Z 2026-03-09T00:00:00Z",
            "2026-03-01T00:00:00Z 2026-04-01T00:00:00Z",
            "2026-01-01T00:00:00Z 2027-01-01T00:00:00Z"),
        begins);
  }

  @Test
  void amountThatDoesNotFitIsRefusedAndNotCounted() {
    var limit = new Limit(1000, new Window.Sliding(Duration.ofSeconds(60)));

    assertEquals(new Verdict.Admitted(100), take(limit, T0, 900));
    assertEquals(refused(60), take(limit, T0, 101));
    assertEquals(new Verdict.Admitted(0), take(limit, T0, 100));
  }

  @Test
  void whatIsCountedAfterwardsMayPassTheLimitAndIsRefusedNextTime() {
    var limit = new Limit(10, new Window.Sliding(Duration.ofSeconds(60)));

    assertEquals(new Verdict.Admitted(10), limit.look(tally, T0, 1));
    tally = limit.count(tally, T0, 25).tally();
    assertEquals(refused(60), limit.look(tally, T0, 0));
  }

  @Test
  void whatIsGivenBackCanBeTakenAgain() {
    var limit = new Limit(1, new Window.Sliding(Duration.ofSeconds(60)));
    take(limit, T0, 1);

    tally = limit.count(tally, T0, -1).tally();

    assertEquals(new Verdict.Admitted(0), take(limit, T0, 1));
  }

  @Test
  void clockThatGoesBackDoesNotFree() {
    var limit = new Limit(1, new Window.Sliding(Duration.ofSeconds(60)));
    take(limit, T0, 1);

    assertTrue(take(limit, T0.minusSeconds(30), 1) instanceof Verdict.Refused);
  }

  @Test
  void bytesOfAnotherKindAreAnEmptyCounter() {
    for (byte[] odd :
        new byte[][] {{}, {9, 1, 1}, {1, -1}, {1, -1, -1, -1, -1, -1, -1, -1, -1, -1}}) {
      assertEquals(Tally.NONE, Tally.decode(Bytes.copyOf(odd)));
    }
  }

  @Test
  void stateStaysSmallUnderManyCalls() {
    var limit = new Limit(1_000_000, new Window.Sliding(Duration.ofSeconds(60)));
    for (int i = 0; i < 5_000; i++) {
      take(limit, T0.plusMillis(i * 7L), 1);
    }
    assertEquals(5_000, tally.used(limit.window(), T0.plusMillis(35_000)));
    assertTrue(tally.encode().size() < 600, "bytes: " + tally.encode().size());
  }

  @Property(tries = 300)
  void neverMoreThanTheLimitInAnyWindow(
      @ForAll @IntRange(min = 1, max = 90) int most,
      @ForAll @Size(min = 1, max = 400) List<@IntRange(max = 900) Integer> gaps) {
    var length = Duration.ofSeconds(10);
    var limit = new Limit(most, new Window.Sliding(length));
    tally = Tally.NONE;
    var admitted = new ArrayList<Instant>();
    Instant now = T0;
    for (int gap : gaps) {
      now = now.plusMillis(gap);
      if (take(limit, now, 1) instanceof Verdict.Admitted) {
        admitted.add(now);
      }
    }
    for (Instant from : admitted) {
      Instant end = from.plus(length);
      long inside = admitted.stream().filter(at -> !at.isBefore(from) && at.isBefore(end)).count();
      assertTrue(inside <= most, inside + " calls in the window from " + from);
    }
  }

  @Property(tries = 200)
  void refusalHoldsUntilTheTimeItNames(
      @ForAll @IntRange(min = 1, max = 20) int most,
      @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 900) Integer> gaps) {
    var limit = new Limit(most, new Window.Sliding(Duration.ofSeconds(10)));
    tally = Tally.NONE;
    Instant now = T0;
    for (int gap : gaps) {
      now = now.plusMillis(gap);
      if (take(limit, now, 1) instanceof Verdict.Refused(var retryAfter)) {
        assertTrue(
            limit.look(tally, now.plus(retryAfter.orElseThrow()), 1) instanceof Verdict.Admitted);
      }
    }
  }
}
