package io.ccrelay.cache.cluster;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.CacheOptions.Environment;
import io.ccrelay.cache.cluster.group.Pace;
import io.ccrelay.testing.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PulseTest {

  private static final Pace PACE = Pace.of(Environment.LOCAL);

  private final FakeClock clock = new FakeClock();
  private final Pulse pulse = new Pulse(clock::nanos, PACE);

  private void beats(Duration time) {
    for (long left = time.toMillis(); left > 0; left -= Pulse.BEAT.toMillis()) {
      clock.advance(Pulse.BEAT);
      pulse.beat();
    }
  }

  @Test
  void aProcessThatRunsIsSure() {
    beats(Duration.ofMinutes(1));
    assertTrue(pulse.sure());
  }

  @Test
  void oneThatStoodStillIsUnsureBeforeItsNextBeat() {
    clock.advance(PACE.silence());
    assertFalse(pulse.sure());
  }

  @Test
  void itStaysUnsureUntilItMetTheOthersAndHeardFromThem() {
    clock.advance(PACE.silence());
    beats(Duration.ofSeconds(1));
    pulse.heard();
    assertFalse(pulse.sure(), "it has not met them");
    pulse.met(true);
    assertFalse(pulse.sure(), "it has not heard from them");
    pulse.heard();
    assertTrue(pulse.sure());
  }

  @Test
  void itDoesNotWaitForEverForOthersWhoMayBeGone() {
    clock.advance(PACE.silence());
    beats(Duration.ofSeconds(20));
    assertTrue(pulse.sure());
  }

  @Test
  void sidesOfASplitAreUnsureWhenTheyMeet() {
    beats(Duration.ofSeconds(1));
    pulse.met(true);
    assertFalse(pulse.sure());
    pulse.heard();
    assertTrue(pulse.sure());
  }

  @Test
  void aNodeThatMerelyBeganAloneDisturbsNobody() {
    beats(Duration.ofSeconds(1));
    pulse.met(false);
    assertTrue(pulse.sure());
  }
}
