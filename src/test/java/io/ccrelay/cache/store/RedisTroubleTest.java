package io.ccrelay.cache.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.RedisOptions;
import io.ccrelay.cache.StoreUnavailableException;
import io.ccrelay.cache.StoreUnavailableException.Reason;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.RedisProcess;
import io.ccrelay.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A Redis server that is held, ended and started again while it is used. */
@Tag("slow")
class RedisTroubleTest {

  private static final Duration DEADLINE = Duration.ofMillis(200);

  private final Vertx vertx = Vertx.vertx();
  private final RedisProcess server = RedisProcess.open();
  private final RedisStore store =
      new RedisStore(
          vertx, RedisOptions.standalone(server.endpoint()).within(DEADLINE), System::nanoTime);

  @AfterEach
  void end() {
    Await.result(store.close());
    Await.result(vertx.close());
    server.close();
  }

  private static Key key(int number) {
    return Key.of("key " + number);
  }

  private static Bytes value(int number) {
    return Bytes.utf8("value " + number);
  }

  /** What {@code get} said of each key: found, absent, wrong, or the reason of a failure. */
  private Set<Reason> readAll(int keys, AtomicInteger wrong, AtomicInteger found) {
    var answers = new ArrayList<Future<Optional<Bytes>>>();
    for (int i = 0; i < keys; i++) {
      answers.add(store.get(key(i)));
    }
    var reasons = EnumSet.noneOf(Reason.class);
    for (int i = 0; i < keys; i++) {
      try {
        Optional<Bytes> answer = Await.result(answers.get(i));
        Bytes expected = value(i);
        found.addAndGet(answer.isPresent() ? 1 : 0);
        wrong.addAndGet(answer.isPresent() && !answer.get().equals(expected) ? 1 : 0);
      } catch (RuntimeException | AssertionError failed) {
        reasons.add(reason(answers.get(i).cause()));
      }
    }
    return reasons;
  }

  private static Reason reason(Throwable failure) {
    return ((StoreUnavailableException) failure).reason();
  }

  private void fill(int keys) {
    List<Future<Void>> writes = new ArrayList<>();
    for (int i = 0; i < keys; i++) {
      writes.add(store.set(key(i), value(i)));
    }
    Await.result(Future.all(writes));
  }

  private void awaitAnswers() {
    Waiting.until(
        () -> {
          try {
            Await.result(store.ping());
            return true;
          } catch (RuntimeException | AssertionError notYet) {
            return false;
          }
        },
        "redis answers again");
  }

  @Test
  void serverThatIsHeldAnswersNobodyWithTheAnswerOfAnother() {
    fill(50);
    var wrong = new AtomicInteger();
    for (int round = 0; round < 3; round++) {
      server.pause();
      long begun = System.nanoTime();
      Set<Reason> reasons = readAll(50, wrong, new AtomicInteger());
      assertTrue(System.nanoTime() - begun < Duration.ofSeconds(5).toNanos(), "never hangs");
      assertTrue(reasons.contains(Reason.DEADLINE) || reasons.contains(Reason.BYPASSED));
      server.resume();
      awaitAnswers();
      var found = new AtomicInteger();
      Waiting.until(
          () -> {
            found.set(0);
            return readAll(50, wrong, found).isEmpty();
          },
          "all reads are answered");
      assertEquals(50, found.get());
    }
    assertEquals(0, wrong.get());
  }

  @Test
  void serverThatEndsIsAFailureAndIsUsedAgainOnceItIsBack() {
    fill(10);
    server.kill();
    var reasons = EnumSet.noneOf(Reason.class);
    for (int i = 0; i < 10; i++) {
      reasons.addAll(readAll(5, new AtomicInteger(), new AtomicInteger()));
    }
    assertTrue(reasons.contains(Reason.NETWORK), reasons.toString());
    assertTrue(reasons.contains(Reason.BYPASSED), "it is left alone: " + reasons);

    server.restart();
    awaitAnswers();

    assertEquals(Optional.empty(), Await.result(store.get(key(1))));
    fill(10);
    assertEquals(Optional.of(value(1)), Await.result(store.get(key(1))));
  }

  @Test
  void restartsUnderLoadGiveNoWrongValueAndEndWell() {
    var wrong = new AtomicInteger();
    var found = new AtomicInteger();
    for (int round = 0; round < 4; round++) {
      awaitAnswers();
      fill(100);
      readAll(100, wrong, found);
      if (round % 2 == 0) {
        server.restart();
      } else {
        server.pause();
        readAll(20, wrong, found);
        server.resume();
      }
      readAll(100, wrong, found);
    }
    awaitAnswers();
    assertEquals(0, wrong.get());
    assertTrue(found.get() >= 400, "found " + found.get());
  }
}
