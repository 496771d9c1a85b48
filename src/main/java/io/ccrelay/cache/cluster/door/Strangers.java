package io.ccrelay.cache.cluster.door;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of connections that were turned away: one line for each kind of offence and {@link
 * #PERIOD}, however many there are. Safe for use from any thread.
 */
public final class Strangers {

  /** Time from one line to the next about the same offence. */
  static final Duration PERIOD = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(Strangers.class);

  private final LongSupplier nanos;
  private final Map<Offence, Told> told = new EnumMap<>(Offence.class);

  /** When a line was written last, and what happened since. */
  private record Told(long at, long since) {}

  /**
   * Nobody was turned away yet.
   *
   * @param nanos monotonic time, nanoseconds
   */
  public Strangers(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * Somebody was turned away.
   *
   * @param from where the connection came from, if that is known
   * @param port of this node
   */
  public synchronized void turnedAway(@Nullable SocketAddress from, int port, Offence offence) {
    long now = nanos.getAsLong();
    Told before = told.get(offence);
    if (before != null && now - before.at() < PERIOD.toNanos()) {
      told.put(offence, new Told(before.at(), before.since() + 1));
      return;
    }
    told.put(offence, new Told(now, 0));
    LOG.warn(
        "cluster: {} was turned away at port {}: {}; {}{}",
        host(from),
        port,
        offence.what(),
        offence.cure(),
        more(before));
  }

  private static String host(@Nullable SocketAddress from) {
    return from instanceof InetSocketAddress inet
        ? (inet.getAddress() == null ? inet.getHostString() : inet.getAddress().getHostAddress())
        : "somebody";
  }

  private static String more(@Nullable Told before) {
    return before == null || before.since() == 0
        ? ""
        : " (%d more since the last such line)".formatted(before.since());
  }
}
