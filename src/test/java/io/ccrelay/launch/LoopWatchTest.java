package io.ccrelay.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.Await;
import io.ccrelay.testing.LoopWatch;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The watch of {@link BlockedLoopsTest} sees what it is there to see. */
class LoopWatchTest {

  private final Vertx vertx = Vertx.vertx();

  @TempDir Path directory;

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  private Map<String, Callable<?>> sins() throws Exception {
    Path file = Files.writeString(directory.resolve("read"), "text");
    return Map.of(
        "jdk.ThreadSleep", () -> sleep(),
        "jdk.ThreadPark",
            () -> new CompletableFuture<>().completeOnTimeout(1, 30, TimeUnit.MILLISECONDS).get(),
        "jdk.JavaMonitorWait", () -> unnotified(),
        "jdk.JavaMonitorEnter", () -> contended(),
        "jdk.FileRead", () -> Files.readString(file),
        "jdk.FileWrite", () -> Files.writeString(directory.resolve("written"), "text"),
        "jdk.ProcessStart", () -> new ProcessBuilder("true").start());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdk.ThreadSleep",
        "jdk.ThreadPark",
        "jdk.JavaMonitorWait",
        "jdk.JavaMonitorEnter",
        "jdk.FileRead",
        "jdk.FileWrite",
        "jdk.ProcessStart"
      })
  void aLoopThatWaitsIsSeen(String type) throws Exception {
    Callable<?> sin = sins().get(type);
    try (var watch = LoopWatch.start()) {
      onLoop(sin);
      List<String> waits = watch.waits();
      assertTrue(waits.stream().anyMatch(wait -> wait.startsWith(type + "\n")), waits.toString());
    }
  }

  @Test
  void aWorkerMayWaitAndALoopMayIdle() {
    try (var watch = LoopWatch.start()) {
      Await.result(vertx.executeBlocking(LoopWatchTest::sleep));
      Await.result(vertx.timer(30, TimeUnit.MILLISECONDS));
      assertEquals(List.of(), watch.waits());
    }
  }

  private void onLoop(Callable<?> sin) {
    Promise<Object> done = Promise.promise();
    vertx.runOnContext(_ -> {
      try {
        done.complete(sin.call());
      } catch (Exception e) {
        done.fail(e);
      }
    });
    Await.result(done.future());
  }

  private static Object sleep() throws InterruptedException {
    Thread.sleep(5);
    return "slept";
  }

  private static Object unnotified() throws InterruptedException {
    var lock = new Object();
    synchronized (lock) {
      lock.wait(5);
    }
    return "waited";
  }

  private static Object contended() throws InterruptedException {
    var lock = new Object();
    var held = new CountDownLatch(1);
    Thread.ofPlatform()
        .start(() -> {
          synchronized (lock) {
            held.countDown();
            try {
              Thread.sleep(400);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        });
    held.await();
    synchronized (lock) {
      return "mine";
    }
  }
}
