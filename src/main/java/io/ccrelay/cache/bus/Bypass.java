package io.ccrelay.cache.bus;

import io.ccrelay.cache.StoreUnavailableException.Reason;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the store is left alone. Confined to one context.
 *
 * <p>Off until {@link #FAILURES} operations in a row have failed. Then on: nobody waits for the
 * store, and a ping goes out every {@link #PAUSE} until one is answered; then off again.
 */
final class Bypass {

  /** Failures in a row that turn the bypass on. */
  static final int FAILURES = 5;

  /** Time between two pings. */
  static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(Bypass.class);

  private final Context context;
  private final Supplier<Future<Void>> ping;
  private int failuresInARow;
  private boolean on;

  Bypass(Context context, Supplier<Future<Void>> ping) {
    this.context = context;
    this.ping = ping;
  }

  boolean isOn() {
    return on;
  }

  /** An operation was answered. */
  void answered() {
    failuresInARow = 0;
  }

  /** An operation failed because of {@code reason}. */
  void failed(Reason reason) {
    failuresInARow++;
    if (failuresInARow >= FAILURES && !on) {
      on = true;
      LOG.warn("cache bypassed: {} failures in a row, the last: {}", FAILURES, reason.token());
      probeLater();
    }
  }

  private void probeLater() {
    var _ = context.owner().setTimer(PAUSE.toMillis(), _ -> probe());
  }

  private void probe() {
    ping.get()
        .onSuccess(_ -> {
          on = false;
          failuresInARow = 0;
          LOG.info("cache answers again");
        })
        .onFailure(_ -> probeLater());
  }
}
