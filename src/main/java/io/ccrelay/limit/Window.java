package io.ccrelay.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Over which time a limit counts. Times are wall clock, in milliseconds. */
public sealed interface Window {

  /** Marks made at this time or later count at {@code now}. */
  Instant begin(Instant now);

  /** When a mark made at {@code mark} stops to count; empty: never. */
  Optional<Instant> frees(Instant mark);

  /** Marks closer together than this are made one when there are many of them. */
  Duration grain();

  /**
   * The time that ends now.
   *
   * @param length how long it is, at least a millisecond
   */
  record Sliding(Duration length) implements Window {

    @Override
    public Instant begin(Instant now) {
      return now.minus(length).plusMillis(1);
    }

    @Override
    public Optional<Instant> frees(Instant mark) {
      return Optional.of(mark.plus(length));
    }

    @Override
    public Duration grain() {
      return length.dividedBy(Tally.MOST_MARKS);
    }
  }

  /**
   * Windows of one length that follow each other.
   *
   * @param anchor when one of them begins
   * @param length how long each is, at least a millisecond; zero: one that never ends
   */
  record Fixed(Instant anchor, Duration length) implements Window {

    @Override
    public Instant begin(Instant now) {
      if (length.isZero()) {
        return Instant.EPOCH;
      }
      long offset = Math.floorMod(now.toEpochMilli() - anchor.toEpochMilli(), length.toMillis());
      return Instant.ofEpochMilli(now.toEpochMilli() - offset);
    }

    @Override
    public Optional<Instant> frees(Instant mark) {
      return length.isZero() ? Optional.empty() : Optional.of(begin(mark).plus(length));
    }

    @Override
    public Duration grain() {
      return ChronoUnit.FOREVER.getDuration();
    }
  }

  /**
   * The hour, day, week, month or year in UTC.
   *
   * @param unit {@code HOURS}, {@code DAYS}, {@code WEEKS} (from Monday), {@code MONTHS} or {@code
   *     YEARS}
   */
  record Calendar(ChronoUnit unit) implements Window {

    @Override
    public Instant begin(Instant now) {
      ZonedDateTime time = now.atZone(ZoneOffset.UTC);
      ZonedDateTime day = time.truncatedTo(ChronoUnit.DAYS);
      return switch (unit) {
        case HOURS -> time.truncatedTo(ChronoUnit.HOURS).toInstant();
        case WEEKS -> day.minusDays(day.getDayOfWeek().getValue() - 1L).toInstant();
        case MONTHS -> day.withDayOfMonth(1).toInstant();
        case YEARS -> day.withDayOfYear(1).toInstant();
        default -> day.toInstant();
      };
    }

    @Override
    public Optional<Instant> frees(Instant mark) {
      return Optional.of(begin(mark).atZone(ZoneOffset.UTC).plus(1, unit).toInstant());
    }

    @Override
    public Duration grain() {
      return ChronoUnit.FOREVER.getDuration();
    }
  }
}
