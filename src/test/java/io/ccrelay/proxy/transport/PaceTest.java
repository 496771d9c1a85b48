package io.ccrelay.proxy.transport;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.Await;
import io.ccrelay.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final Duration TICK = Duration.ofMillis(25);
  private static final int STALLED = 20;

  private Vertx vertx;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  /** A process that stood still must read what came meanwhile before it gives anybody up. */
  @Test
  void ticksThatAStallSwallowedAreNotMadeUpFor() {
    var ticks = new AtomicInteger();
    var context = vertx.getOrCreateContext();
    var afterwards =
        Future.<Integer>future(seen ->
            context.runOnContext(_ -> {
              new Pace(vertx, TICK).enrol(counting(ticks));
              LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(TICK.toMillis() * STALLED));
              vertx.setTimer(1, _ -> vertx.setTimer(1, _ -> seen.complete(ticks.get())));
            }));
    int made = Await.result(afterwards);
    assertTrue(made < Pace.DEADLINE_TICKS, () -> made + " ticks at once");
  }

  @Test
  void itGoesOnTicking() {
    var ticks = new AtomicInteger();
    vertx.getOrCreateContext().runOnContext(_ -> new Pace(vertx, TICK).enrol(counting(ticks)));
    Waiting.until(() -> ticks.get() >= 3, "three ticks");
  }

  private static Pace.Paced counting(AtomicInteger ticks) {
    return new Pace.Paced() {
      @Override
      protected void tick() {
        ticks.incrementAndGet();
      }
    };
  }
}
