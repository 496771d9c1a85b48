package io.ccrelay.cache.bus;

import io.ccrelay.cache.StoreUnavailableException.Reason;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Fails calls that are not answered in time. Confined to one context.
 *
 * <p>One timer serves all calls under way, instead of one timer each: it turns eight times per
 * deadline while there are calls, and rests when there are none. A call is failed after at most the
 * deadline and at least seven eighths of it.
 */
final class Deadlines {

  private static final int TURNS = 8;

  private final Context context;
  private final long turnMillis;
  private final long turnsAllowed;
  private final Deque<Watched> watched = new ArrayDeque<>();
  private long turn;
  private boolean turning;

  private record Watched(CacheCall<?> call, long lastTurn) {}

  Deadlines(Context context, Duration deadline) {
    this.context = context;
    this.turnMillis = Math.max(1, deadline.toMillis() / TURNS);
    this.turnsAllowed = Math.max(2, deadline.toMillis() / turnMillis);
  }

  /** Watches over {@code call} until it is answered. */
  void watch(CacheCall<?> call) {
    while (!watched.isEmpty() && watched.element().call().isAnswered()) {
      watched.remove(); // most are, before the next comes: they are to die young
    }
    watched.add(new Watched(call, turn + turnsAllowed));
    if (!turning) {
      turning = true;
      nextTurn();
    }
  }

  /** A timer per turn, not a periodic one: a stalled event loop must not make up for turns lost. */
  private void nextTurn() {
    Vertx vertx = context.owner();
    var _ = vertx.setTimer(turnMillis, _ -> turned());
  }

  private void turned() {
    turn++;
    watched.removeIf(one -> one.call().isAnswered());
    while (!watched.isEmpty() && watched.element().lastTurn() <= turn) {
      watched.remove().call().fail(Reason.DEADLINE, "no answer within the deadline");
    }
    turning = !watched.isEmpty();
    if (turning) {
      nextTurn();
    }
  }
}
