package io.ccrelay.llm;

/** The one spelling of a JSON number's value; see {@link CanonicalForm}. */
final class Decimal {

  private static final int LONGEST_EXPONENT = 9;

  private Decimal() {}

  /**
   * Writes the number between {@code from} and {@code to}, a well-formed JSON number, to {@code
   * out} from {@code at} and answers the index after; at most 16 bytes more than it has.
   */
  static int write(byte[] bytes, int from, int to, byte[] out, int at) {
    int mark = exponentMark(bytes, from, to);
    int last = lastNonZero(bytes, from, mark);
    if (last < 0) {
      return zero(bytes[from] == '-', out, at);
    }
    int first = mark + 1;
    boolean negative = first < to && bytes[first] == '-';
    if (first < to && (negative || bytes[first] == '+')) {
      first++;
    }
    while (first < to && bytes[first] == '0') {
      first++;
    }
    if (to - first > LONGEST_EXPONENT) {
      return spelt(bytes, from, to, out, at);
    }
    long exponent = 0;
    for (int i = first; i < to; i++) {
      exponent = exponent * 10 + (bytes[i] - '0');
    }
    return valued(bytes, from, last, mark, negative ? -exponent : exponent, out, at);
  }

  private static int exponentMark(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && (bytes[at] | 0x20) != 'e') {
      at++;
    }
    return at;
  }

  /** Index of the last digit that is not zero, -1 if all are. */
  private static int lastNonZero(byte[] bytes, int from, int mark) {
    int at = mark - 1;
    while (at >= from && (bytes[at] < '1' || bytes[at] > '9')) {
      at--;
    }
    return at < from ? -1 : at;
  }

  private static int zero(boolean negative, byte[] out, int at) {
    int next = at;
    out[next++] = 'd';
    if (negative) {
      out[next++] = '-';
    }
    out[next++] = '0';
    out[next++] = ';';
    return next;
  }

  private static int spelt(byte[] bytes, int from, int to, byte[] out, int at) {
    out[at] = 'D';
    System.arraycopy(bytes, from, out, at + 1, to - from);
    out[at + 1 + to - from] = ';';
    return at + 2 + to - from;
  }

  private static int valued(
      byte[] bytes, int from, int last, int mark, long exponent, byte[] out, int at) {
    int next = at;
    out[next++] = 'd';
    int point = mark;
    boolean leading = true;
    for (int i = from; i < mark && (i <= last || point == mark); i++) {
      byte c = bytes[i];
      if (c == '.') {
        point = i;
      } else if (i <= last && (c != '0' || !leading)) {
        out[next++] = c;
        leading &= c == '-';
      }
    }
    long scale = last < point ? point - last - 1 : point - last;
    out[next++] = 'e';
    next = integer(exponent + scale, out, next);
    out[next++] = ';';
    return next;
  }

  private static int integer(long value, byte[] out, int at) {
    int next = at;
    if (value < 0) {
      out[next++] = '-';
    }
    long rest = Math.abs(value);
    int digits = 1;
    for (long power = rest; power >= 10; power /= 10) {
      digits++;
    }
    for (int i = next + digits - 1; i >= next; i--) {
      out[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return next + digits;
  }
}
