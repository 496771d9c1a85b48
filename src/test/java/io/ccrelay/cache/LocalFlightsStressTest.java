package io.ccrelay.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.http.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many threads on one key, each a context of its own. */
class LocalFlightsStressTest {

  private static final int CONTEXTS = 8;
  private static final int ROUNDS = 2000;
  private static final int CHUNKS = 20;

  private final LocalFlights flights = new LocalFlights();
  private final AtomicInteger led = new AtomicInteger();
  private final AtomicInteger followed = new AtomicInteger();

  /** Boards; leads a whole flight or follows one until it ends, again after a failure. */
  private void fly(int round, ExecutorService context, Phaser done) {
    var hearing = new WholeStream(done, () -> context.execute(() -> fly(round, context, done)));
    switch (flights.boardHere(Key.of("round " + round), context, hearing)) {
      case Flights.Seat.Lead(Flights.Leader leader) -> {
        led.incrementAndGet();
        leader.head(200, Fields.none());
        say(leader, 0, context, done);
      }
      case Flights.Seat.Follow _ -> followed.incrementAndGet();
    }
  }

  /** One chunk a task, so that others board in between. */
  private static void say(Flights.Leader leader, int number, ExecutorService context, Phaser done) {
    if (number < CHUNKS) {
      leader.chunk(Bytes.utf8("" + number));
      context.execute(() -> say(leader, number + 1, context, done));
    } else {
      leader.complete(LocalFlightsTest.ENTRY);
      done.arriveAndDeregister();
    }
  }

  /** Checks the order while it hears. */
  private static final class WholeStream implements Flights.Follower {
    private final Phaser done;
    private final Runnable again;
    private int next = -1;

    WholeStream(Phaser done, Runnable again) {
      this.done = done;
      this.again = again;
    }

    @Override
    public void head(int status, Fields fields) {
      next = next == -1 ? 0 : Integer.MIN_VALUE;
    }

    @Override
    public void chunk(Bytes chunk) {
      next = next == Integer.parseInt(chunk.toUtf8()) ? next + 1 : Integer.MIN_VALUE;
    }

    @Override
    public void complete(Entry entry) {
      if (next == CHUNKS || next == -1) {
        done.arriveAndDeregister();
      }
    }

    @Override
    public void alone(String token) {}

    @Override
    public void leaderless(String token) {
      again.run();
    }
  }

  @Test
  void everyFollowerHearsAWholeStreamOrItsEntry() throws Exception {
    List<ExecutorService> contexts =
        IntStream.range(0, CONTEXTS).mapToObj(_ -> Executors.newSingleThreadExecutor()).toList();
    var done = new Phaser(1);
    done.bulkRegister(CONTEXTS);
    for (int round = 0; round < ROUNDS; round++) {
      int current = round;
      contexts.forEach(context -> context.execute(() -> fly(current, context, done)));
      if (round < ROUNDS - 1) {
        done.bulkRegister(CONTEXTS);
      }
    }
    done.awaitAdvanceInterruptibly(done.arriveAndDeregister(), 60, TimeUnit.SECONDS);
    contexts.forEach(ExecutorService::shutdown);

    assertEquals(ROUNDS * CONTEXTS, led.get() + followed.get());
    assertTrue(led.get() >= ROUNDS, "led: " + led);
    assertTrue(followed.get() > 0, "followed: " + followed);
    assertEquals(0, flights.size());
  }

  @Test
  void whileOneLeadsNobodyElseDoes() throws Exception {
    var start = new CountDownLatch(1);
    var leaders = new ArrayList<Future<Boolean>>();
    try (var threads = Executors.newFixedThreadPool(32)) {
      for (int i = 0; i < 32; i++) {
        leaders.add(
            threads.submit(() -> {
              start.await();
              return flights.boardHere(Key.of("one"), _ -> {}, new Hearing())
                  instanceof Flights.Seat.Lead;
            }));
      }
      start.countDown();
      int leading = 0;
      for (var leader : leaders) {
        leading += leader.get() ? 1 : 0;
      }
      assertEquals(1, leading);
    }
  }
}
