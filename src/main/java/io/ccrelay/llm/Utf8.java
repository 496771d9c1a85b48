package io.ccrelay.llm;

/** Well-formed UTF-8 (RFC 3629 section 4): no overlong forms, no surrogates, nothing cut. */
final class Utf8 {

  private Utf8() {}

  /**
   * The index after the sequence of two to four bytes that begins at {@code at}, or -1 if it is not
   * well-formed or goes beyond {@code end}.
   */
  static int after(byte[] bytes, int at, int end) {
    int lead = bytes[at] & 0xff;
    if (lead >= 0xc2 && lead <= 0xdf) {
      return follows(bytes, at + 1, at + 2, end) ? at + 2 : -1;
    }
    if (lead >= 0xe0 && lead <= 0xef) {
      return follows(bytes, at + 1, at + 3, end) && fitsThree(lead, bytes[at + 1] & 0xff)
          ? at + 3
          : -1;
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
      return follows(bytes, at + 1, at + 4, end) && fitsFour(lead, bytes[at + 1] & 0xff)
          ? at + 4
          : -1;
    }
    return -1;
  }

  private static boolean follows(byte[] bytes, int from, int to, int end) {
    if (to > end) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if ((bytes[i] & 0xc0) != 0x80) {
        return false;
      }
    }
    return true;
  }

  private static boolean fitsThree(int lead, int second) {
    return switch (lead) {
      case 0xe0 -> second >= 0xa0;
      case 0xed -> second < 0xa0;
      default -> true;
    };
  }

  private static boolean fitsFour(int lead, int second) {
    return switch (lead) {
      case 0xf0 -> second >= 0x90;
      case 0xf4 -> second < 0x90;
      default -> true;
    };
  }

  /**
   * Writes the code point, a lone surrogate included, to {@code out} from {@code at} and answers
   * the index after it. A lone surrogate takes the three bytes that strict UTF-8 forbids, so that
   * it differs from every well-formed text.
   */
  static int put(int codePoint, byte[] out, int at) {
    int next = at;
    if (codePoint < 0x80) {
      out[next++] = (byte) codePoint;
    } else if (codePoint < 0x800) {
      out[next++] = (byte) (0xc0 | (codePoint >> 6));
      out[next++] = (byte) (0x80 | (codePoint & 0x3f));
    } else if (codePoint < 0x10000) {
      out[next++] = (byte) (0xe0 | (codePoint >> 12));
      out[next++] = (byte) (0x80 | ((codePoint >> 6) & 0x3f));
      out[next++] = (byte) (0x80 | (codePoint & 0x3f));
    } else {
      out[next++] = (byte) (0xf0 | (codePoint >> 18));
      out[next++] = (byte) (0x80 | ((codePoint >> 12) & 0x3f));
      out[next++] = (byte) (0x80 | ((codePoint >> 6) & 0x3f));
      out[next++] = (byte) (0x80 | (codePoint & 0x3f));
    }
    return next;
  }
}
