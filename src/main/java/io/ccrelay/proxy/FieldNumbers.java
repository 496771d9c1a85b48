package io.ccrelay.proxy;

import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * Field values that differ in a number only, such as {@code ttl=3599}: the same few numbers are
 * sent thousands of times a second, so the values made last are kept as the bytes that go out.
 * Confined to one context.
 */
final class FieldNumbers {

  private static final int PLACES = 256;

  private final String before;
  private final String after;
  private final @Nullable Known[] places = new Known[PLACES];

  private record Known(long number, AsciiString value) {}

  /** Values that begin with {@code before} and end with {@code after}, both ASCII. */
  FieldNumbers(String before, String after) {
    this.before = before;
    this.after = after;
  }

  /** The value with {@code number} in it. */
  AsciiString of(long number) {
    int place = Long.hashCode(number) & (PLACES - 1);
    Known known = places[place];
    if (known == null || known.number() != number) {
      known = new Known(number, new AsciiString(before + number + after));
      places[place] = known;
    }
    return known.value();
  }
}
