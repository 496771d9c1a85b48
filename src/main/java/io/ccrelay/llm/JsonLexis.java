package io.ccrelay.llm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The insides of JSON strings and numbers (RFC 8259 sections 6 and 7). */
final class JsonLexis {

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private JsonLexis() {}

  /**
   * The first index from {@code start} whose byte needs a look: a quote, a backslash, a control
   * character or UTF-8 beyond ASCII. Eight bytes a step: of the four tests, each leaves the high
   * bit of a byte set that needs a look, and the lowest such bit is exact.
   */
  static int plain(byte[] bytes, int start, int end) {
    int at = start;
    while (at <= end - Long.BYTES) {
      long word = (long) WORDS.get(bytes, at);
      long quote = word ^ ONES * '"';
      long slash = word ^ ONES * '\\';
      long look =
          (((quote - ONES) & ~quote)
                  | ((slash - ONES) & ~slash)
                  | ((word - ONES * ' ') & ~word)
                  | word)
              & HIGHS;
      if (look != 0) {
        return at + (Long.numberOfTrailingZeros(look) >>> 3);
      }
      at += Long.BYTES;
    }
    while (at < end && bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\') {
      at++;
    }
    return at;
  }

  /**
   * Copies bytes up to the first backslash or to {@code end}, eight a step, and answers how many;
   * up to eight bytes of {@code out} after them may change.
   */
  static int copyPlain(byte[] bytes, int start, int end, byte[] out, int to) {
    int at = start;
    int shift = to - start;
    while (at <= end - Long.BYTES) {
      long word = (long) WORDS.get(bytes, at);
      WORDS.set(out, at + shift, word);
      long slash = word ^ ONES * '\\';
      long look = (slash - ONES) & ~slash & HIGHS;
      if (look != 0) {
        return at - start + (Long.numberOfTrailingZeros(look) >>> 3);
      }
      at += Long.BYTES;
    }
    while (at < end && bytes[at] != '\\') {
      out[at + shift] = bytes[at];
      at++;
    }
    return at - start;
  }

  /** The index after the escape at {@code at}, or -1 if it is none. */
  static int escape(byte[] bytes, int at, int end) {
    if (at + 1 >= end) {
      return -1;
    }
    return switch (bytes[at + 1]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 2;
      case 'u' -> fourDigits(bytes, at + 2, end) ? at + 6 : -1;
      default -> -1;
    };
  }

  private static boolean fourDigits(byte[] bytes, int at, int end) {
    return at + 4 <= end
        && (JsonText.hex(bytes[at])
                | JsonText.hex(bytes[at + 1])
                | JsonText.hex(bytes[at + 2])
                | JsonText.hex(bytes[at + 3]))
            >= 0;
  }

  /** The index after the number at {@code start}, or -1 if there is none. */
  static int number(byte[] bytes, int start, int end) {
    int first = start < end && bytes[start] == '-' ? start + 1 : start;
    int at = digits(bytes, first, end);
    if (at == first || (bytes[first] == '0' && at > first + 1)) {
      return -1;
    }
    if (at < end && bytes[at] == '.') {
      int fraction = at + 1;
      at = digits(bytes, fraction, end);
      if (at == fraction) {
        return -1;
      }
    }
    return at < end && (bytes[at] | 0x20) == 'e' ? exponent(bytes, at + 1, end) : at;
  }

  private static int exponent(byte[] bytes, int start, int end) {
    boolean signed = start < end && (bytes[start] == '+' || bytes[start] == '-');
    int first = signed ? start + 1 : start;
    int at = digits(bytes, first, end);
    return at == first ? -1 : at;
  }

  private static int digits(byte[] bytes, int first, int end) {
    int at = first;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at;
  }
}
