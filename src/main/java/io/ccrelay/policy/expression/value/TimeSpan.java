package io.ccrelay.policy.expression.value;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A span of time.
 *
 * @param ticks its length in units of 100 ns
 */
public record TimeSpan(long ticks) implements Comparable<TimeSpan> {

  /** Ticks of a millisecond. */
  public static final long MILLISECOND = 10_000;

  /** Ticks of a second. */
  public static final long SECOND = 1000 * MILLISECOND;

  /** Ticks of a minute. */
  public static final long MINUTE = 60 * SECOND;

  /** Ticks of an hour. */
  public static final long HOUR = 60 * MINUTE;

  /** Ticks of a day. */
  public static final long DAY = 24 * HOUR;

  private static final int NANOS_PER_TICK = 100;

  private static final Pattern FORM =
      Pattern.compile(
          "(-)?(?:(\\d{1,8})(?:[.:](?=\\d+:\\d+:)|$))?(?:(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d{1,7}))?)?)?");

  /** The span of a duration; less than 100 ns is dropped. */
  public static TimeSpan of(Duration duration) {
    return new TimeSpan(duration.getSeconds() * SECOND + duration.getNano() / NANOS_PER_TICK);
  }

  /**
   * {@code count} units.
   *
   * @throws ClrException {@code OverflowException} if that is too long
   */
  public static TimeSpan of(double count, long unit) {
    double ticks = count * unit;
    if (Double.isNaN(ticks) || Math.abs(ticks) >= Long.MAX_VALUE) {
      throw tooLong();
    }
    return new TimeSpan(Math.round(ticks));
  }

  /** Reads {@code [-][d.]hh:mm[:ss[.fffffff]]} or days; {@code null} for anything else. */
  public static @Nullable TimeSpan read(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (text.isBlank() || !form.matches() || (form.group(2) == null && form.group(3) == null)) {
      return null;
    }
    long hours = number(form.group(3));
    long minutes = number(form.group(4));
    long seconds = number(form.group(5));
    if (hours > 23 || minutes > 59 || seconds > 59) {
      return null;
    }
    String fraction = form.group(6) == null ? "" : form.group(6);
    long ticks =
        number(form.group(2)) * DAY
            + hours * HOUR
            + minutes * MINUTE
            + seconds * SECOND
            + number((fraction + "0000000").substring(0, 7));
    return new TimeSpan(form.group(1) == null ? ticks : -ticks);
  }

  private static long number(@Nullable String digits) {
    return digits == null || digits.isEmpty() ? 0 : Long.parseLong(digits);
  }

  /** The sum. */
  public TimeSpan plus(TimeSpan other) {
    return new TimeSpan(exact(ticks, other.ticks));
  }

  /** The difference. */
  public TimeSpan minus(TimeSpan other) {
    return new TimeSpan(exact(ticks, -other.ticks));
  }

  /** The length in {@code unit}, with its fraction. */
  public double total(long unit) {
    return (double) ticks / unit;
  }

  /** The part of {@code unit} below the next one, for instance minutes 0 to 59. */
  public int part(long unit, int next) {
    return (int) (ticks / unit % next);
  }

  /** As {@code Duration}. */
  public Duration toDuration() {
    return Duration.ofSeconds(ticks / SECOND, ticks % SECOND * NANOS_PER_TICK);
  }

  static long exact(long a, long b) {
    long sum = a + b;
    if (((a ^ sum) & (b ^ sum)) < 0) {
      throw tooLong();
    }
    return sum;
  }

  private static ClrException tooLong() {
    return new ClrException("OverflowException", "TimeSpan overflowed because it is too long.");
  }

  @Override
  public int compareTo(TimeSpan other) {
    return Long.compare(ticks, other.ticks);
  }

  /** {@code [-][d.]hh:mm:ss[.fffffff]}. */
  @Override
  public String toString() {
    long size = Math.abs(ticks);
    long days = size / DAY;
    long fraction = size % SECOND;
    return (ticks < 0 ? "-" : "")
        + (days == 0 ? "" : days + ".")
        + String.format(
            Locale.ROOT, "%02d:%02d:%02d", size / HOUR % 24, size / MINUTE % 60, size / SECOND % 60)
        + (fraction == 0 ? "" : String.format(Locale.ROOT, ".%07d", fraction));
  }
}
