package io.ccrelay.upstream;

import io.ccrelay.http.Field;
import java.util.function.IntPredicate;

/**
 * Whether a request can stand on the wire: method and field names are tokens, the target is visible
 * ASCII without fragment, values hold no control character (RFC 9110 section 5, RFC 9112 section
 * 3). Asked before anything is obtained for it, so that a refusal costs nothing.
 */
public final class Sendable {

  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

  private Sendable() {}

  /** Whether {@code request} can be sent as it is. */
  public static boolean is(Upstream.Request request) {
    if (!isToken(request.method()) || !isTarget(request.target())) {
      return false;
    }
    for (Field line : request.fields()) {
      if (!isLine(line)) {
        return false;
      }
    }
    return true;
  }

  /** Whether {@code line} can. */
  static boolean isLine(Field line) {
    return isToken(line.name()) && isValue(line.value());
  }

  private static boolean isTarget(String target) {
    return target.startsWith("/") && all(target, c -> c > 0x20 && c < 0x7f && c != '#');
  }

  private static boolean isToken(String name) {
    return !name.isEmpty() && all(name, Sendable::isTokenChar);
  }

  private static boolean isTokenChar(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || TOKEN_MARKS.indexOf(c) >= 0;
  }

  private static boolean isValue(String value) {
    return all(value, c -> c == '\t' || (c >= 0x20 && c != 0x7f && c <= 0xff));
  }

  private static boolean all(String text, IntPredicate allowed) {
    for (int i = 0; i < text.length(); i++) {
      if (!allowed.test(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
