package io.ccrelay.proxy.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Key;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {

  private static final Key ONE = Key.ofDigest(new byte[32]);
  private static final Key OTHER = Key.ofDigest(new byte[33]);

  private final Turns turns = new Turns();
  private final List<String> begun = new ArrayList<>();

  private Future<String> take(Key key, String name, Future<String> work) {
    return turns.take(
        key,
        Runnable::run,
        () -> {
          begun.add(name);
          return work;
        });
  }

  @Test
  void workOnOneKeyWaitsForWhatCameBefore() {
    Promise<String> first = Promise.promise();
    Promise<String> second = Promise.promise();
    var one = take(ONE, "first", first.future());
    var two = take(ONE, "second", second.future());
    var three = take(ONE, "third", Future.succeededFuture("c"));
    take(OTHER, "elsewhere", Future.succeededFuture("d"));
    assertEquals(List.of("first", "elsewhere"), begun);
    first.complete("a");
    assertEquals("a", one.result());
    assertEquals(List.of("first", "elsewhere", "second"), begun);
    second.complete("b");
    assertEquals("b", two.result());
    assertEquals("c", three.result());
    assertEquals(0, turns.size());
  }

  @Test
  void workThatFailsOrThrowsEndsItsTurn() {
    assertTrue(take(ONE, "failing", Future.failedFuture("no")).failed());
    Future<String> thrown =
        turns.take(
            ONE,
            Runnable::run,
            () -> {
              throw new IllegalStateException("defect");
            });
    assertTrue(thrown.failed());
    assertEquals("a", take(ONE, "next", Future.succeededFuture("a")).result());
    assertEquals(0, turns.size());
  }
}
