package io.ccrelay.proxy;

import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Watches a stream for silence: coding agents give up on one that says nothing. Confined to one
 * context.
 */
final class Pinger {

  /** Silence after which a ping is due; agents show a warning after about 20 s. */
  static final Duration SILENCE = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final Duration silence;
  private final Runnable ping;
  private long lastSpoke;
  private boolean stopped;
  private long timer;

  /** Calls {@code ping} whenever nothing was said for {@code silence}. */
  Pinger(Vertx vertx, Duration silence, Runnable ping) {
    this.vertx = vertx;
    this.silence = silence;
    this.ping = ping;
    spoke();
    arm(silence);
  }

  /** Something was said. */
  void spoke() {
    lastSpoke = System.nanoTime();
  }

  /** No more pings. */
  void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
  }

  // One timer that is set anew when it fires: a chatty stream costs one every ten seconds.
  private void arm(Duration wait) {
    timer = vertx.setTimer(wait.plusNanos(999_999).toMillis(), _ -> tick());
  }

  private void tick() {
    if (stopped) {
      return;
    }
    var left = silence.minusNanos(System.nanoTime() - lastSpoke);
    if (left.isPositive()) {
      arm(left);
      return;
    }
    ping.run();
    spoke();
    arm(silence);
  }
}
