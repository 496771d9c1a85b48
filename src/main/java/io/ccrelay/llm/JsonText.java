package io.ccrelay.llm;

import java.nio.charset.StandardCharsets;

/** The content of JSON strings, between their quotes, already checked by {@link JsonTokens}. */
final class JsonText {

  /** What a letter after a backslash means, 0 where four digits follow. */
  private static final byte[] MEANT = new byte[128];

  static {
    String letters = "\"\\/bfnrt";
    String meanings = "\"\\/\b\f\n\r\t";
    for (int i = 0; i < letters.length(); i++) {
      MEANT[letters.charAt(i)] = (byte) meanings.charAt(i);
    }
  }

  private JsonText() {}

  /** The string itself; lone surrogates stay what they are. */
  static String of(byte[] bytes, int from, int to, boolean escaped) {
    if (!escaped) {
      return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
    var text = new StringBuilder(to - from);
    int at = from;
    while (at < to) {
      int run = nextBackslash(bytes, at, to);
      text.append(new String(bytes, at, run - at, StandardCharsets.UTF_8));
      at = run;
      if (at < to) {
        byte meant = MEANT[bytes[at + 1]];
        text.append(meant != 0 ? (char) meant : unit(bytes, at));
        at += meant != 0 ? 2 : 6;
      }
    }
    return text.toString();
  }

  /**
   * Writes the string without escapes, as UTF-8 in which lone surrogates keep three bytes of their
   * own, to {@code out} from {@code at}; at most {@code to - from} bytes, beyond which the next
   * eight may be overwritten. Answers the index after.
   */
  static int decode(byte[] bytes, int from, int to, byte[] out, int at) {
    int read = from;
    int written = at;
    while (true) {
      int run = JsonLexis.copyPlain(bytes, read, to, out, written);
      read += run;
      written += run;
      if (read == to) {
        return written;
      }
      byte meant = MEANT[bytes[read + 1]];
      if (meant != 0) {
        out[written++] = meant;
        read += 2;
      } else {
        int point = codePoint(bytes, read, to);
        read += point < 0x10000 ? 6 : 12;
        written = Utf8.put(point, out, written);
      }
    }
  }

  /** The code point of one escape, or of two that are a surrogate pair. */
  private static int codePoint(byte[] bytes, int at, int to) {
    char high = unit(bytes, at);
    int next = at + 6;
    if (Character.isHighSurrogate(high)
        && next < to
        && bytes[next] == '\\'
        && bytes[next + 1] == 'u') {
      char low = unit(bytes, next);
      return Character.isLowSurrogate(low) ? Character.toCodePoint(high, low) : high;
    }
    return high;
  }

  private static int nextBackslash(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != '\\') {
      at++;
    }
    return at;
  }

  /** The UTF-16 code unit of the four digits after {@code at}. */
  private static char unit(byte[] bytes, int at) {
    return (char)
        ((hex(bytes[at + 2]) << 12)
            | (hex(bytes[at + 3]) << 8)
            | (hex(bytes[at + 4]) << 4)
            | hex(bytes[at + 5]));
  }

  /** The value of a hexadecimal digit, or a negative number. */
  static int hex(byte digit) {
    return Character.digit(digit, 16);
  }
}
