package io.ccrelay.cache.store;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log what is wrong with a server: each cause once, and again after {@link #REMINDER}.
 * Of what the server says only the first word, its code, is repeated: the rest may quote the
 * command. Safe for use from any context.
 */
final class RedisComplaints {

  /** How long the same cause is not repeated. */
  static final Duration REMINDER = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(RedisComplaints.class);

  private final LongSupplier nanos;
  private final AtomicReference<Said> last = new AtomicReference<>(new Said("", 0));

  private record Said(String what, long at) {}

  RedisComplaints(LongSupplier nanos) {
    this.nanos = nanos;
  }

  void of(Throwable failure) {
    String what = text(failure);
    long now = nanos.getAsLong();
    Said before = last.get();
    boolean known = before.what.equals(what) && now - before.at < REMINDER.toNanos();
    if (!known && last.compareAndSet(before, new Said(what, now))) {
      LOG.warn("redis {}", what);
    }
  }

  private static String text(Throwable failure) {
    if (RedisLink.isRefusal(failure)) {
      return "refuses: " + String.valueOf(failure.getMessage()).split(" ", 2)[0];
    }
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return "cannot be reached: " + (message == null ? root.getClass().getSimpleName() : message);
  }
}
