package io.ccrelay.cache.store;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a server is asked. After {@link #FAILURES} failures in a row it is left alone for {@link
 * #PAUSE}; then one command goes out, and its end decides. Safe for use from any context.
 */
final class RedisBreaker {

  /** Failures in a row that open the breaker. */
  static final int FAILURES = 5;

  /** How long nobody asks. */
  static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(RedisBreaker.class);

  private static final long CLOSED = Long.MIN_VALUE;

  private final LongSupplier nanos;
  private final AtomicInteger failuresInARow = new AtomicInteger();
  private final AtomicLong openedAt = new AtomicLong(CLOSED);

  RedisBreaker(LongSupplier nanos) {
    this.nanos = nanos;
  }

  boolean admits() {
    long opened = openedAt.get();
    if (opened == CLOSED) {
      return true;
    }
    long now = nanos.getAsLong();
    return now - opened >= PAUSE.toNanos() && openedAt.compareAndSet(opened, now);
  }

  void ended(boolean failed) {
    if (!failed) {
      failuresInARow.set(0);
      if (openedAt.getAndSet(CLOSED) != CLOSED) {
        LOG.info("redis answers again");
      }
    } else if (failuresInARow.incrementAndGet() == FAILURES) {
      openedAt.set(nanos.getAsLong());
      LOG.warn("redis left alone after {} failures in a row", FAILURES);
    }
  }
}
