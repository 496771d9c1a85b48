package io.ccrelay.llm;

import java.nio.charset.StandardCharsets;

/** The content of JSON strings, between their quotes, already checked by {@link JsonTokens}. */
final class JsonText {

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
        text.append((char) unit(bytes, at));
        at += unitLength(bytes, at);
      }
    }
    return text.toString();
  }

  /**
   * Writes the string without escapes, as UTF-8 in which lone surrogates keep three bytes of their
   * own, to {@code out} from {@code at}; at most {@code to - from} bytes. Answers the index after.
   */
  static int decode(byte[] bytes, int from, int to, byte[] out, int at) {
    int read = from;
    int written = at;
    while (read < to) {
      int run = nextBackslash(bytes, read, to);
      System.arraycopy(bytes, read, out, written, run - read);
      written += run - read;
      read = run;
      if (read < to) {
        int point = unit(bytes, read);
        read += unitLength(bytes, read);
        if (lowFollows(point, bytes, read, to)) {
          point = Character.toCodePoint((char) point, (char) unit(bytes, read));
          read += unitLength(bytes, read);
        }
        written = Utf8.put(point, out, written);
      }
    }
    return written;
  }

  private static boolean lowFollows(int point, byte[] bytes, int at, int to) {
    return point >= 0xd800
        && point <= 0xdbff
        && at < to
        && bytes[at] == '\\'
        && bytes[at + 1] == 'u'
        && Character.isLowSurrogate((char) unit(bytes, at));
  }

  private static int nextBackslash(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != '\\') {
      at++;
    }
    return at;
  }

  private static int unitLength(byte[] bytes, int at) {
    return bytes[at + 1] == 'u' ? 6 : 2;
  }

  /** The UTF-16 code unit of the escape at {@code at}. */
  private static int unit(byte[] bytes, int at) {
    return switch (bytes[at + 1]) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' ->
          (hex(bytes[at + 2]) << 12)
              | (hex(bytes[at + 3]) << 8)
              | (hex(bytes[at + 4]) << 4)
              | hex(bytes[at + 5]);
      default -> bytes[at + 1];
    };
  }

  /** The value of a hexadecimal digit, or a negative number. */
  static int hex(byte digit) {
    return Character.digit(digit, 16);
  }
}
