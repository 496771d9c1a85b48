package io.ccrelay.proxy;

import java.util.Locale;

/** Rules about host and port as they stand in Host and in absolute targets (RFC 3986 3.2). */
final class Authority {

  private Authority() {}

  /** Whether {@code text} is a name or address with an optional port, and nothing else. */
  static boolean isValid(String text) {
    int end = hostEnd(text);
    return end > 0 && (end == text.length() || (text.charAt(end) == ':' && isPort(text, end + 1)));
  }

  /** Whether both name the same origin; a missing port is the default one of {@code scheme}. */
  static boolean same(String scheme, String one, String other) {
    return one.equals(other) || normal(scheme, one).equals(normal(scheme, other));
  }

  private static String normal(String scheme, String authority) {
    String lower = authority.toLowerCase(Locale.ROOT);
    String port = scheme.equals("https") ? ":443" : ":80";
    return hostEnd(lower) == lower.length() ? lower + port : lower;
  }

  /** The index after the host, or -1 if there is none. */
  private static int hostEnd(String text) {
    if (text.startsWith("[")) {
      int close = text.indexOf(']');
      return close > 2 && isAddress(text, close) ? close + 1 : -1;
    }
    int end = 0;
    while (end < text.length() && isNameCharacter(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isAddress(String text, int close) {
    for (int i = 1; i < close; i++) {
      char c = text.charAt(i);
      if (c > 'f' || (Character.digit(c, 16) < 0 && c != ':' && c != '.')) {
        return false;
      }
    }
    return text.indexOf(':') > 0 && text.indexOf(':') < close;
  }

  private static boolean isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_';
  }

  private static boolean isPort(String text, int from) {
    int port = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
      port = Math.min(port * 10 + c - '0', 1 << 20);
    }
    return from < text.length() && port < 1 << 16;
  }
}
