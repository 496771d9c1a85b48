package io.ccrelay.cache.cluster.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.FakeClock;
import io.ccrelay.testing.LogCapture;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** Lines about those who were turned away. */
class TurnedAwayTest {

  @Test
  void eachOffenceIsToldOfOnceAPeriodAndCountedMeanwhile() {
    var clock = new FakeClock();
    var strangers = new Strangers(clock::nanos);
    var from = new InetSocketAddress("127.0.0.9", 4711);
    try (var log = LogCapture.start()) {
      for (int i = 0; i < 5; i++) {
        strangers.turnedAway(from, 3320, Offence.NOT_HOT_ROD);
      }
      strangers.turnedAway(null, 3322, Offence.NOT_A_MEMBER);
      assertEquals(2, log.lines().size(), log.lines()::toString);

      clock.advance(Strangers.PERIOD);
      strangers.turnedAway(from, 3320, Offence.NOT_HOT_ROD);

      assertEquals(3, log.lines().size(), log.lines()::toString);
      assertTrue(log.lines().getFirst().contains("127.0.0.9 was turned away at port 3320"));
      assertTrue(log.lines().get(1).contains("somebody was turned away at port 3322"));
      assertTrue(log.lines().get(2).contains("(4 more since the last such line)"));
    }
  }
}
