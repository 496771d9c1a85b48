package io.ccrelay.http;

import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a response is stored under: the target URI in the one spelling among those that RFC 3986
 * section 6.2.2 and RFC 9110 section 4.2.3 declare equivalent. Everything else is kept byte for
 * byte, dot segments included, so that the key never joins what an origin may tell apart.
 *
 * @param scheme {@code http} or {@code https}
 * @param authority host in lower case, port unless it is the scheme's default
 * @param target path and query
 */
public record HttpKey(String scheme, String authority, String target) {

  /**
   * The key of a request.
   *
   * @param scheme as the client used it
   * @param authority {@code Host} or {@code :authority}
   * @param target the origin form, path and query
   */
  public static HttpKey of(String scheme, String authority, String target) {
    String lower = ListMembers.lower(scheme);
    return new HttpKey(
        lower, authority(lower, ListMembers.lower(authority)), escapes(rooted(target)));
  }

  /**
   * The same key with the query as an operator wants it compared.
   *
   * @param rules which parameters count
   */
  public HttpKey withQuery(QueryRules rules) {
    int mark = target.indexOf('?');
    if (mark < 0 || rules.equals(QueryRules.EXACT)) {
      return this;
    }
    var parameters = Arrays.stream(target.substring(mark + 1).split("&", -1)).filter(rules::counts);
    String query =
        (rules.sorted() ? parameters.sorted() : parameters).collect(Collectors.joining("&"));
    return new HttpKey(scheme, authority, query.isEmpty() ? path() : path() + "?" + query);
  }

  /** The text to store under; GET and HEAD share theirs. */
  public String text(String method) {
    return (method.equals("HEAD") ? "GET" : method) + " " + uri();
  }

  /** The URI this key stands for. */
  public String uri() {
    return scheme + "://" + authority + target;
  }

  /** Whether both have scheme, host and port in common. */
  public boolean isSameOrigin(HttpKey other) {
    return scheme.equals(other.scheme) && authority.equals(other.authority);
  }

  /** The key of what {@code reference} in a response means; empty if it is no HTTP URI. */
  public Optional<HttpKey> resolve(String reference) {
    int hash = reference.indexOf('#');
    String bare = hash < 0 ? reference : reference.substring(0, hash);
    if (bare.isEmpty() || bare.startsWith("?")) {
      return Optional.of(bare.isEmpty() ? this : of(scheme, authority, path() + bare));
    }
    try {
      URI uri = URI.create(uri()).resolve(bare);
      boolean http = "http".equalsIgnoreCase(uri.getScheme());
      if ((!http && !"https".equalsIgnoreCase(uri.getScheme())) || uri.getRawAuthority() == null) {
        return Optional.empty();
      }
      String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      return Optional.of(of(uri.getScheme(), uri.getRawAuthority(), uri.getRawPath() + query));
    } catch (IllegalArgumentException notAUri) {
      return Optional.empty();
    }
  }

  /** The path, without the query. */
  public String path() {
    int mark = target.indexOf('?');
    return mark < 0 ? target : target.substring(0, mark);
  }

  private static String rooted(String target) {
    return target.startsWith("/") || target.equals("*") ? target : "/" + target;
  }

  private static String authority(String scheme, String authority) {
    int colon = authority.lastIndexOf(':');
    if (colon <= authority.lastIndexOf(']')) {
      return authority;
    }
    String port = authority.substring(colon + 1);
    boolean needless = port.isEmpty() || port.equals(scheme.equals("https") ? "443" : "80");
    return needless ? authority.substring(0, colon) : authority;
  }

  /** Escapes of unreserved characters are decoded, the digits of others put in upper case. */
  private static String escapes(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    var normal = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      int code = text.charAt(i) == '%' ? escaped(text, i) : -1;
      if (code < 0) {
        normal.append(text.charAt(i));
        continue;
      }
      if (isUnreserved(code)) {
        normal.append((char) code);
      } else {
        normal.append(String.format("%%%02X", code));
      }
      i += 2;
    }
    return normal.toString();
  }

  private static int escaped(String text, int percent) {
    if (percent + 2 >= text.length()) {
      return -1;
    }
    int high = hex(text.charAt(percent + 1));
    int low = hex(text.charAt(percent + 2));
    return high < 0 || low < 0 ? -1 : 16 * high + low;
  }

  private static int hex(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }

  private static boolean isUnreserved(int c) {
    return ListMembers.isLetter(c) || ListMembers.isDigit(c) || "-._~".indexOf(c) >= 0;
  }
}
