package io.ccrelay.policy.expression.value;

import java.time.Instant;

/**
 * A moment with its distance from UTC.
 *
 * @param clock the time that a clock there shows
 * @param offsetMinutes distance from UTC, minutes
 */
public record DateTimeOffset(DateTime clock, int offsetMinutes)
    implements Comparable<DateTimeOffset> {

  /** Keeps the clock's time without a kind. */
  public DateTimeOffset {
    clock = clock.as(DateTime.Kind.UNSPECIFIED);
    if (Math.abs(offsetMinutes) > 14 * 60) {
      throw ClrException.range("Offset must be within plus or minus 14 hours.");
    }
  }

  /** The moment in UTC. */
  public static DateTimeOffset of(Instant instant) {
    return new DateTimeOffset(DateTime.of(instant), 0);
  }

  /** The same moment in UTC. */
  public DateTime utc() {
    return clock.plus(-offsetMinutes * TimeSpan.MINUTE).as(DateTime.Kind.UTC);
  }

  /** The same moment seen with another offset. */
  public DateTimeOffset at(int minutes) {
    return new DateTimeOffset(utc().plus(minutes * TimeSpan.MINUTE), minutes);
  }

  /** {@code more} ticks later. */
  public DateTimeOffset plus(long more) {
    return new DateTimeOffset(clock.plus(more), offsetMinutes);
  }

  /** Seconds since 1970. */
  public long unixSeconds() {
    return Math.floorDiv(utc().ticks() - DateTime.EPOCH, TimeSpan.SECOND);
  }

  /** Milliseconds since 1970. */
  public long unixMilliseconds() {
    return Math.floorDiv(utc().ticks() - DateTime.EPOCH, TimeSpan.MILLISECOND);
  }

  /** The form JSON has. */
  public String toIso() {
    return DateFormat.format(clock, offsetMinutes, "yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz");
  }

  @Override
  public int compareTo(DateTimeOffset other) {
    return utc().compareTo(other.utc());
  }

  /** Two are equal if they are the same moment. */
  @Override
  public boolean equals(Object other) {
    return other instanceof DateTimeOffset that && utc().equals(that.utc());
  }

  @Override
  public int hashCode() {
    return utc().hashCode();
  }

  /** {@code MM/dd/yyyy HH:mm:ss zzz}. */
  @Override
  public String toString() {
    return DateFormat.format(clock, offsetMinutes, "MM/dd/yyyy HH:mm:ss zzz");
  }
}
