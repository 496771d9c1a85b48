package io.ccrelay.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Texts such as {@code 250ms}, {@code 5s}, {@code 1m30s}, {@code 1.5h}, {@code 7d}: the syntax of
 * Go's {@code time.ParseDuration}, and days of 24 hours. A bare number has no meaning, except zero
 * where Go allows it.
 */
final class Durations {

  private static final int LONGEST = 64;

  private static final Pattern PART =
      Pattern.compile("([0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h|d)");

  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "\u00b5s", 1_000L,
          "\u03bcs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L,
          "d", 86_400_000_000_000L);

  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

  private Durations() {}

  /** The time {@code text} stands for, at most 292 years; empty if it is not of that syntax. */
  static Optional<Duration> parse(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    boolean negative = text.startsWith("-");
    String rest = negative || text.startsWith("+") ? text.substring(1) : text;
    return nanos(rest).map(nanos -> Duration.ofNanos(negative ? -nanos : nanos));
  }

  private static Optional<Long> nanos(String text) {
    var part = PART.matcher(text);
    var sum = BigDecimal.ZERO;
    int end = 0;
    while (end < text.length() && part.find(end) && part.start() == end) {
      var unit = BigDecimal.valueOf(NANOS.getOrDefault(part.group(2), 0L));
      sum = sum.add(new BigDecimal(part.group(1)).multiply(unit));
      end = part.end();
    }
    boolean complete = end > 0 && end == text.length();
    return complete && sum.compareTo(MOST) <= 0 ? Optional.of(sum.longValue()) : Optional.empty();
  }

  /** {@code duration} in the same syntax, largest units first. */
  static String text(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    var text = new StringBuilder();
    append(text, duration.toDaysPart(), "d");
    append(text, duration.toHoursPart(), "h");
    append(text, duration.toMinutesPart(), "m");
    append(text, duration.toSecondsPart(), "s");
    append(text, duration.toMillisPart(), "ms");
    return text.toString();
  }

  private static void append(StringBuilder text, long amount, String unit) {
    if (amount != 0) {
      text.append(amount).append(unit);
    }
  }
}
