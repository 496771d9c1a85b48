package io.ccrelay.upstream.http;

import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Fires when nothing happened for a while. Progress costs no timer: a clock ticks four times in the
 * limit, and four ticks without progress are too many, so it fires between one and one and a
 * quarter limits after the last progress, and after exactly one when there was none. Confined to
 * one context.
 */
final class Patience {

  private static final int TICKS = 4;
  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final Runnable exhausted;
  private long timer = NO_TIMER;
  private int idleTicks;
  private boolean progress;

  Patience(Vertx vertx, Runnable exhausted) {
    this.vertx = vertx;
    this.exhausted = exhausted;
  }

  /** Expects progress within {@code limit} from now on. */
  void expect(Duration limit) {
    rest();
    idleTicks = 0;
    progress = false;
    timer = vertx.setPeriodic(Math.max(1, limit.toMillis() / TICKS), id -> tick());
  }

  /** Something happened. */
  void progress() {
    progress = true;
  }

  /** Expects nothing. */
  void rest() {
    if (timer != NO_TIMER) {
      vertx.cancelTimer(timer);
      timer = NO_TIMER;
    }
  }

  private void tick() {
    if (progress) {
      progress = false;
      idleTicks = 0;
    } else if (++idleTicks >= TICKS) {
      rest();
      exhausted.run();
    }
  }
}
