package io.ccrelay.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LatencyTest {

  @Test
  void eachReadingIsOfTheTimeSinceTheOneBefore() {
    var latency = new Latency();
    for (int i = 0; i < 99; i++) {
      latency.record(1_000_000);
    }
    latency.record(2_000_000_000);
    LatencyReading first = latency.read();
    assertEquals(100, first.count());
    assertEquals(1000, first.p50Micros(), 10);
    assertEquals(1000, first.p99Micros(), 10);
    latency.record(2_000_000_000);
    assertEquals(2_000_000, latency.read().p50Micros(), 20_000);
    assertEquals(LatencyReading.NONE, latency.read());
  }

  @Test
  void durationsOutOfRangeAreTakenAsItsEnds() {
    var latency = new Latency();
    latency.record(-5);
    latency.record(Long.MAX_VALUE);
    assertEquals(2, latency.read().count());
  }
}
