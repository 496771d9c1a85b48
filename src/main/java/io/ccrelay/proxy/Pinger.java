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
  private final long silenceMillis;
  private final Runnable ping;
  private boolean spoke;
  private boolean stopped;
  private long timer;

  /** Calls {@code ping} whenever nothing was said for {@code silence}. */
  Pinger(Vertx vertx, Duration silence, Runnable ping) {
    this.vertx = vertx;
    this.silenceMillis = silence.toMillis();
    this.ping = ping;
    arm();
  }

  /** Something was said. */
  void spoke() {
    spoke = true;
  }

  /** No more pings. */
  void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
  }

  private void arm() {
    // Half the silence, so that a ping is never later than one and a half times of it, and a chatty
    // stream costs two timers every ten seconds instead of one for each event.
    timer = vertx.setTimer(silenceMillis / 2, _ -> tick(false));
  }

  private void tick(boolean silentBefore) {
    if (stopped) {
      return;
    }
    if (spoke) {
      spoke = false;
      arm();
    } else if (!silentBefore) {
      timer = vertx.setTimer(silenceMillis - silenceMillis / 2, _ -> tick(true));
    } else {
      ping.run();
      arm();
    }
  }
}
