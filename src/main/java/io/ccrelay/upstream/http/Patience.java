package io.ccrelay.upstream.http;

import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Fires when nothing happened for a while, or when a limit for everything is over. Progress costs
 * no timer: a clock ticks four times in the limit, and four ticks without progress are too many, so
 * it fires between one and one and a quarter limits after the last progress, and after exactly one
 * when a wait begins anew. Confined to one context.
 */
final class Patience {

  private static final int TICKS = 4;
  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final Runnable exhausted;
  private Duration limit = Duration.ZERO;
  private long timer = NO_TIMER;
  private long limitTimer = NO_TIMER;
  private int idleTicks;
  private boolean progress;
  private boolean expecting;

  Patience(Vertx vertx, Runnable exhausted) {
    this.vertx = vertx;
    this.exhausted = exhausted;
  }

  /** Runs {@code over} after {@code total}, whatever happens, unless stopped before. */
  void limit(Duration total, Runnable over) {
    limitTimer = vertx.setTimer(Math.max(1, total.toMillis()), _ -> over.run());
  }

  /** Expects progress within {@code within} from now on. */
  void expect(Duration within) {
    expecting = true;
    if (timer != NO_TIMER && within.equals(limit)) {
      progress = true;
    } else {
      restart(within);
    }
  }

  /** Something happened. */
  void progress() {
    progress = true;
  }

  /** Expects nothing for now; the clock goes on, since it will soon be wanted again. */
  void rest() {
    expecting = false;
  }

  /** Expects nothing any more. */
  void stop() {
    still();
    if (limitTimer != NO_TIMER) {
      vertx.cancelTimer(limitTimer);
      limitTimer = NO_TIMER;
    }
  }

  private void still() {
    expecting = false;
    if (timer != NO_TIMER) {
      vertx.cancelTimer(timer);
      timer = NO_TIMER;
    }
  }

  private void restart(Duration within) {
    still();
    expecting = true;
    limit = within;
    idleTicks = 0;
    progress = false;
    next();
  }

  /** A timer for each tick: a periodic one makes up, at once, for ticks that a stall swallowed. */
  private void next() {
    timer = vertx.setTimer(Math.max(1, limit.toMillis() / TICKS), _ -> tick());
  }

  private void tick() {
    next();
    if (progress || !expecting) {
      progress = false;
      idleTicks = 0;
    } else if (++idleTicks >= TICKS) {
      still();
      exhausted.run();
    }
  }
}
