package io.ccrelay.cache.bus;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.EntryFormat;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of entries that cannot be read, in one line each {@link #PERIOD}. Safe for use from any
 * context.
 */
final class Unreadable {

  /** Time from one line to the next. */
  static final Duration PERIOD = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(Unreadable.class);

  private final LongSupplier nanos;
  private final AtomicLong next;

  /**
   * None was seen yet.
   *
   * @param nanos monotonic time, nanoseconds
   */
  Unreadable(LongSupplier nanos) {
    this.nanos = nanos;
    this.next = new AtomicLong(nanos.getAsLong());
  }

  /** {@code value} is no entry that this program knows. */
  void seen(Bytes value) {
    long due = next.get();
    long now = nanos.getAsLong();
    if (now - due < 0 || !next.compareAndSet(due, now + PERIOD.toNanos())) {
      return;
    }
    OptionalInt version = EntryFormat.foreignVersion(value);
    if (version.isPresent()) {
      LOG.warn(
          "cache: an entry has the format {} and this program reads {}: such entries are misses and"
              + " are replaced; run the same version of cc-relay on all nodes and clients",
          version.getAsInt(),
          EntryFormat.version());
    } else {
      LOG.warn(
          "cache: an entry is damaged or was not written by cc-relay: such entries are misses and"
              + " are replaced; nothing else may write to its map");
    }
  }
}
