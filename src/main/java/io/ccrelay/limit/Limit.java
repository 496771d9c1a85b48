package io.ccrelay.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * At most so much in a window.
 *
 * @param most the largest sum admitted, calls or tokens or kilobytes
 * @param window over which it counts
 */
public record Limit(long most, Window window) {

  /**
   * What becomes of a counter.
   *
   * @param tally what it remembers from now on
   * @param verdict whether the request goes on
   */
  public record Step(Tally tally, Verdict verdict) {}

  /** Whether a request goes on. */
  public sealed interface Verdict {

    /**
     * It goes on.
     *
     * @param remaining what is left then, never negative
     */
    record Admitted(long remaining) implements Verdict {}

    /**
     * It does not.
     *
     * @param retryAfter until there is room, rounded up to whole seconds; empty: never
     */
    record Refused(Optional<Duration> retryAfter) implements Verdict {}
  }

  /** Takes {@code amount} if the limit is not reached and it fits; a refusal counts nothing. */
  public Step take(Tally tally, Instant now, long amount) {
    Verdict verdict = look(tally, now, amount);
    return verdict instanceof Verdict.Admitted
        ? count(tally, now, amount)
        : new Step(tally, verdict);
  }

  /** Whether {@code amount} would be admitted; nothing is counted. */
  public Verdict look(Tally tally, Instant now, long amount) {
    long used = tally.used(window, now);
    if (used < most && amount <= most - used) {
      return new Verdict.Admitted(most - used);
    }
    return new Verdict.Refused(wait(tally, now, Math.clamp(most - amount, 0, most - 1)));
  }

  /** Counts {@code amount} whatever the limit says; less, if it is negative. */
  public Step count(Tally tally, Instant now, long amount) {
    Tally next = tally.add(window, now, amount);
    return new Step(next, new Verdict.Admitted(Math.max(0, most - next.used(window, now))));
  }

  /** How long a counter must be kept after {@code now} to be of use; empty: for ever. */
  public Optional<Duration> retention(Instant now) {
    return window.frees(now).map(end -> Duration.between(now, end).plusSeconds(1));
  }

  private Optional<Duration> wait(Tally tally, Instant now, long target) {
    Instant when = tally.fallsTo(window, now, Math.max(0, target));
    if (when.equals(Instant.MAX)) {
      return Optional.empty();
    }
    long millis = Math.max(1, Duration.between(now, when).toMillis());
    return Optional.of(Duration.ofSeconds(Math.ceilDiv(millis, 1000)));
  }
}
