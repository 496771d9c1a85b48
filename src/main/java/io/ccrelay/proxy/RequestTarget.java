package io.ccrelay.proxy;

import java.util.Optional;

/**
 * A request target with one reading (RFC 9112 section 3.2, RFC 3986).
 *
 * @param scheme of an absolute target, else empty
 * @param authority of an absolute target, else empty
 * @param path begins with a slash
 * @param query without the question mark, empty if there is none
 */
record RequestTarget(String scheme, String authority, String path, String query) {

  private static final String UNRESERVED = "-._~";
  private static final String OTHER_PATH_CHARACTERS = "!$&'()*+,;=:@";

  /** By character: 1 = allowed in a path, 2 = unreserved. */
  private static final byte[] CLASSES = classes();

  private static final byte ALLOWED = 1;
  private static final byte UNRESERVED_CLASS = 2;

  private static byte[] classes() {
    var classes = new byte[128];
    for (char c = 0; c < classes.length; c++) {
      boolean alphanumeric =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (alphanumeric || UNRESERVED.indexOf(c) >= 0) {
        classes[c] = UNRESERVED_CLASS;
      } else if (OTHER_PATH_CHARACTERS.indexOf(c) >= 0) {
        classes[c] = ALLOWED;
      }
    }
    return classes;
  }

  /** Reads {@code target}; empty for whatever is malformed or has several readings. */
  static Optional<RequestTarget> parse(String target) {
    if (target.startsWith("/")) {
      return origin("", "", target);
    }
    int host = target.indexOf("://") + 3;
    String scheme = host > 2 ? target.substring(0, host - 3) : "";
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return Optional.empty();
    }
    int slash = target.indexOf('/', host);
    return slash <= host
        ? Optional.empty()
        : origin(scheme, target.substring(host, slash), target.substring(slash));
  }

  private static Optional<RequestTarget> origin(String scheme, String authority, String target) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    String query = mark < 0 ? "" : target.substring(mark + 1);
    return isNormalPath(path) && isQuery(query)
        ? Optional.of(new RequestTarget(scheme, authority, path, query))
        : Optional.empty();
  }

  /**
   * Whether routing, authentication, key and upstream all read {@code path} alike: no empty or dot
   * segments, no encoded separators, control or unreserved characters, nothing outside RFC 3986.
   */
  static boolean isNormalPath(String path) {
    int segment = 1;
    int length = path.length();
    for (int i = 1; i < length; i++) {
      char c = path.charAt(i);
      if (c == '/') {
        if (i == segment || isDots(path, segment, i)) {
          return false;
        }
        segment = i + 1;
      } else if (c == '%') {
        if (!isPlainEncoding(path, i)) {
          return false;
        }
        i += 2;
      } else if (c >= CLASSES.length || CLASSES[c] == 0) {
        return false;
      }
    }
    return !isDots(path, segment, length);
  }

  /** Whether the segment is {@code .} or {@code ..}, parameters not counted. */
  private static boolean isDots(String path, int from, int to) {
    int i = from;
    while (i < to && path.charAt(i) == '.') {
      i++;
    }
    int dots = i - from;
    return (dots == 1 || dots == 2) && (i == to || path.charAt(i) == ';');
  }

  private static boolean isPlainEncoding(String path, int percent) {
    if (percent + 2 >= path.length()) {
      return false;
    }
    int high = hex(path.charAt(percent + 1));
    int low = hex(path.charAt(percent + 2));
    int value = (high << 4) | low;
    return high >= 0
        && low >= 0
        && value >= ' '
        && value != '/'
        && value != '\\'
        && value != 0x7f
        && (value >= CLASSES.length || CLASSES[value] != UNRESERVED_CLASS);
  }

  private static int hex(char c) {
    return c < CLASSES.length ? Character.digit(c, 16) : -1;
  }

  /** Visible ASCII but the fragment's mark; browsers and SDKs send brackets and bars unencoded. */
  private static boolean isQuery(String query) {
    for (int i = 0; i < query.length(); i++) {
      char c = query.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '#') {
        return false;
      }
    }
    return true;
  }
}
