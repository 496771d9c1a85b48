package io.ccrelay.cache.store;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Counters;
import io.ccrelay.cache.Key;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counters that others have, and of one's own while those cannot be reached: after a failure the
 * reserve counts for {@link #PAUSE}, then the others are asked again. What the reserve counted is
 * not added to theirs. Safe for use from any context.
 */
public final class ReserveCounters implements Counters {

  /** How long the others are left alone after a failure. */
  static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(ReserveCounters.class);
  private static final long NEVER = Long.MIN_VALUE;

  private final Counters others;
  private final Counters reserve;
  private final LongSupplier nanos;
  private final AtomicLong failedAt = new AtomicLong(NEVER);

  /**
   * Counts with {@code others}, and with {@code reserve} while they fail.
   *
   * @param nanos monotonic time, nanoseconds
   */
  public ReserveCounters(Counters others, Counters reserve, LongSupplier nanos) {
    this.others = others;
    this.reserve = reserve;
    this.nanos = nanos;
  }

  @Override
  public Future<Optional<Bytes>> read(Key key) {
    return either(() -> others.read(key), () -> reserve.read(key));
  }

  /** A state that was read elsewhere is not what is expected here, so nothing is replaced. */
  @Override
  public Future<Boolean> replace(Key key, Optional<Bytes> expected, Bytes next, Duration ttl) {
    return either(
        () -> others.replace(key, expected, next, ttl),
        () -> reserve.replace(key, expected, next, ttl));
  }

  private <T> Future<T> either(Supplier<Future<T>> there, Supplier<Future<T>> here) {
    return resting() ? here.get() : there.get().onSuccess(_ -> reached()).recover(_ -> lost(here));
  }

  private boolean resting() {
    long since = failedAt.get();
    return since != NEVER && nanos.getAsLong() - since < PAUSE.toNanos();
  }

  private void reached() {
    if (failedAt.get() != NEVER && failedAt.getAndSet(NEVER) != NEVER) {
      LOG.info("limits are counted together with the cluster again");
    }
  }

  private <T> Future<T> lost(Supplier<Future<T>> here) {
    if (failedAt.getAndSet(nanos.getAsLong()) == NEVER) {
      LOG.warn("limits are counted for this process alone: the cluster does not answer");
    }
    return here.get();
  }
}
