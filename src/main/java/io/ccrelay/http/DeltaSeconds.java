package io.ccrelay.http;

import java.time.Duration;
import java.util.Optional;

/**
 * A span in whole seconds as directives and {@code Age} carry it (RFC 9111 section 1.2.2). Safe for
 * use from any context.
 */
public final class DeltaSeconds {

  /** What any larger number is read as: 2^31 seconds. */
  public static final Duration MAX = Duration.ofSeconds(1L << 31);

  private static final int DIGITS_OF_MAX = 10;

  private DeltaSeconds() {}

  /** The span {@code text} means; empty unless it is made of digits only. */
  public static Optional<Duration> parse(String text) {
    if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    int start = 0;
    while (start < text.length() - 1 && text.charAt(start) == '0') {
      start++;
    }
    return Optional.of(
        text.length() - start > DIGITS_OF_MAX
            ? MAX
            : atMost(Long.parseLong(text, start, text.length(), 10)));
  }

  /** {@code seconds} as a span, {@link #MAX} at most. */
  static Duration atMost(long seconds) {
    return seconds >= MAX.toSeconds() ? MAX : Duration.ofSeconds(seconds);
  }
}
