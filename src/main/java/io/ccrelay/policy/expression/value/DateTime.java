package io.ccrelay.policy.expression.value;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;

/**
 * A moment of the calendar. Local time is UTC, as on the service's own gateways.
 *
 * @param ticks units of 100 ns since the year 1
 * @param kind what the time refers to
 */
public record DateTime(long ticks, Kind kind) implements Comparable<DateTime> {

  /** A {@code DateTimeKind}. */
  public enum Kind {
    UNSPECIFIED,
    UTC,
    LOCAL
  }

  /** Ticks of 1970-01-01. */
  public static final long EPOCH = 621_355_968_000_000_000L;

  /** The largest value: the last tick of the year 9999. */
  public static final long LAST = 3_155_378_975_999_999_999L;

  private static final int NANOS_PER_TICK = 100;

  /**
   * @throws ClrException {@code ArgumentOutOfRangeException} outside of the years 1 to 9999
   */
  public DateTime {
    if (ticks < 0 || ticks > LAST) {
      throw ClrException.range(
          "The added or subtracted value results in an un-representable DateTime.");
    }
  }

  /** The moment in UTC. */
  public static DateTime of(Instant instant) {
    return new DateTime(
        EPOCH + instant.getEpochSecond() * TimeSpan.SECOND + instant.getNano() / NANOS_PER_TICK,
        Kind.UTC);
  }

  /** A date of the calendar. */
  public static DateTime of(LocalDateTime date, Kind kind) {
    return new DateTime(
        EPOCH
            + date.toEpochSecond(ZoneOffset.UTC) * TimeSpan.SECOND
            + date.get(ChronoField.NANO_OF_SECOND) / NANOS_PER_TICK,
        kind);
  }

  /** The date of the calendar. */
  public LocalDateTime local() {
    long sinceEpoch = ticks - EPOCH;
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(sinceEpoch, TimeSpan.SECOND),
        (int) Math.floorMod(sinceEpoch, TimeSpan.SECOND) * NANOS_PER_TICK,
        ZoneOffset.UTC);
  }

  /** The moment, local time being UTC. */
  public Instant toInstant() {
    return local().toInstant(ZoneOffset.UTC);
  }

  /** {@code more} ticks later. */
  public DateTime plus(long more) {
    return new DateTime(TimeSpan.exact(ticks, more), kind);
  }

  /** Another kind of the same time. */
  public DateTime as(Kind other) {
    return new DateTime(ticks, other);
  }

  /** The form JSON has: ISO 8601 with as many digits of the second as needed. */
  public String toIso() {
    String zone =
        switch (kind) {
          case UTC -> "Z";
          case LOCAL -> "+00:00";
          case UNSPECIFIED -> "";
        };
    return DateFormat.format(this, 0, "yyyy-MM-ddTHH:mm:ss.FFFFFFF") + zone;
  }

  @Override
  public int compareTo(DateTime other) {
    return Long.compare(ticks, other.ticks);
  }

  /** Two times are equal whatever their kind. */
  @Override
  public boolean equals(Object other) {
    return other instanceof DateTime that && ticks == that.ticks;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(ticks);
  }

  /** {@code MM/dd/yyyy HH:mm:ss}. */
  @Override
  public String toString() {
    return DateFormat.format(this, 0, "G");
  }
}
