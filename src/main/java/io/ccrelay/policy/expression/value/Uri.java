package io.ccrelay.policy.expression.value;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A {@code System.Uri}.
 *
 * @param original the text it was made from
 * @param parts its parts
 */
public record Uri(String original, URI parts) {

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /** An escaped character of ASCII, or a run of others. */
  private static final Pattern ESCAPES =
      Pattern.compile("%[0-7][0-9A-Fa-f]|(?:%[89A-Fa-f][0-9A-Fa-f])+");

  private static final String KEPT = "%#?/\\@:;&=+$,";

  /** Characters that RFC 3986 does not allow but .NET escapes by itself. */
  private static final String ESCAPED = " \"<>\\^`{|}";

  /**
   * Reads a URI.
   *
   * @throws ClrException {@code UriFormatException} if it is none
   */
  public static Uri of(String text) {
    Uri uri = read(text);
    if (uri == null || !uri.parts.isAbsolute()) {
      throw new ClrException(
          "UriFormatException", "Invalid URI: The format of the URI could not be determined.");
    }
    return uri;
  }

  /** Reads a URI, also a relative one; {@code null} if it is none. */
  public static @Nullable Uri read(String text) {
    try {
      return new Uri(text, new URI(escape(text.strip())));
    } catch (URISyntaxException none) {
      return null;
    }
  }

  private static String escape(String text) {
    var out = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (ESCAPED.indexOf(c) >= 0) {
        out.append(String.format("%%%02X", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** Whether it has a scheme. */
  public boolean isAbsolute() {
    return parts.isAbsolute();
  }

  /** The scheme in small letters. */
  public String scheme() {
    return parts.getScheme() == null ? "" : parts.getScheme().toLowerCase(Locale.ROOT);
  }

  /** The host in small letters, without port. */
  public String host() {
    return parts.getHost() == null ? "" : parts.getHost().toLowerCase(Locale.ROOT);
  }

  /** The port, the scheme's default if none is written, -1 if there is none. */
  public int port() {
    if (parts.getPort() >= 0) {
      return parts.getPort();
    }
    return defaultPort();
  }

  private int defaultPort() {
    return switch (scheme()) {
      case "https" -> HTTPS;
      case "http" -> HTTP;
      default -> -1;
    };
  }

  /** Whether the port is the scheme's default. */
  public boolean isDefaultPort() {
    return port() == defaultPort();
  }

  /** The path, escaped; at least a slash. */
  public String path() {
    String path = parts.getRawPath();
    return path == null || path.isEmpty() ? "/" : path;
  }

  /** The query with its question mark, or empty. */
  public String query() {
    return parts.getRawQuery() == null ? "" : "?" + parts.getRawQuery();
  }

  /** The fragment with its mark, or empty. */
  public String fragment() {
    return parts.getRawFragment() == null ? "" : "#" + parts.getRawFragment();
  }

  /** The host, with the port if it is not the default. */
  public String authority() {
    return host() + (isDefaultPort() ? "" : ":" + port());
  }

  /** The path in its segments, each with the slash after it. */
  public List<String> segments() {
    var segments = new ArrayList<String>();
    String path = path();
    int from = 0;
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', from)) {
      segments.add(path.substring(from, slash + 1));
      from = slash + 1;
    }
    if (from < path.length()) {
      segments.add(path.substring(from));
    }
    return segments;
  }

  /** The whole URI, escaped, as it goes on the wire. */
  public String absolute() {
    if (!isAbsolute() || parts.getHost() == null) {
      return parts.toString();
    }
    return scheme() + "://" + authority() + path() + query() + fragment();
  }

  /** The URI for people: only what would change its meaning stays escaped. */
  @Override
  public String toString() {
    return isAbsolute() ? unescaped(absolute()) : original;
  }

  private static String unescaped(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    return ESCAPES
        .matcher(text)
        .replaceAll(run -> {
          String meant = URLDecoder.decode(run.group().replace("+", "%2B"), StandardCharsets.UTF_8);
          boolean plain =
              meant
                  .chars()
                  .allMatch(c -> c > ' ' - 1 && c != 0x7F && c != 0xFFFD && KEPT.indexOf(c) < 0);
          return Matcher.quoteReplacement(plain ? meant : run.group());
        });
  }
}
