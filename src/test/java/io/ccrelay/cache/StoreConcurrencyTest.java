package io.ccrelay.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.testing.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@link Store} promises to many threads at once. */
class StoreConcurrencyTest {

  private static final int THREADS = 20;

  @ParameterizedTest(name = "mixed operations of many threads all succeed (33, 66) {0}")
  @EnumSource
  void mixedOperations(StoreFixture fixture) throws Exception {
    try (var session = fixture.open()) {
      var answers =
          onAllThreads(thread -> {
            for (int i = 0; i < 200; i++) {
              operate(session.store(), thread, i);
            }
            return 200;
          });

      assertEquals(List.of(200), answers.stream().distinct().toList());
      Await.result(session.store().set(Key.of("last"), Bytes.utf8("word")));
      assertEquals(
          Bytes.utf8("word"), Await.result(session.store().get(Key.of("last"))).orElseThrow());
    }
  }

  @ParameterizedTest(name = "closing under load lets everybody end with the closed error (38) {0}")
  @EnumSource
  void closeWhileOperating(StoreFixture fixture) throws Exception {
    try (var session = fixture.open()) {
      var busy = new CountDownLatch(THREADS);
      try (var closer = Executors.newSingleThreadExecutor()) {
        closer.execute(() -> {
          awaitLatch(busy);
          Await.result(session.store().close());
        });

        var answers = onAllThreads(thread -> operateUntilClosed(session.store(), thread, busy));

        assertEquals(List.of("closed"), answers.stream().distinct().toList());
        assertEquals(Stats.ZERO, Await.result(session.store().stats()));
      }
    }
  }

  private static String operateUntilClosed(Store store, int thread, CountDownLatch busy) {
    for (int i = 0; i < 10_000_000; i++) {
      try {
        operate(store, thread, i);
      } catch (StoreClosedException closed) {
        return "closed";
      }
      if (i == 50) {
        busy.countDown();
      }
    }
    return "never closed";
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stop) {
      throw new AssertionError(stop);
    }
  }

  private static void operate(Store store, int thread, int step) {
    Key key = Key.of("" + (char) ('a' + (thread * 7 + step) % 26));
    Bytes value = Bytes.utf8("thread " + thread + " step " + step);
    switch ((thread + step) % 6) {
      case 0 -> Await.result(store.set(key, value));
      case 1 -> Await.result(store.set(key, value, Duration.ofMinutes(1)));
      case 2 -> Await.result(store.delete(key));
      case 3 -> Await.result(store.exists(key));
      case 4 -> Await.result(store.setAll(Map.of(key, value), Duration.ZERO));
      default ->
          Await.result(store.get(key))
              .ifPresent(found -> assertEquals("thread", found.toUtf8().substring(0, 6)));
    }
  }

  private interface OnThread<T> {
    T run(int thread) throws Exception;
  }

  private static <T> List<T> onAllThreads(OnThread<T> work) throws Exception {
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      var tasks = new ArrayList<Callable<T>>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        tasks.add(() -> work.run(thread));
      }
      var answers = new ArrayList<T>();
      for (Future<T> answer : threads.invokeAll(tasks)) {
        answers.add(answer.get());
      }
      return answers;
    }
  }
}
