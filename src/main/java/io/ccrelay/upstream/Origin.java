package io.ccrelay.upstream;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a service is: the scheme, host and port of a URL (RFC 9110 section 4.3.1). User information
 * in a URL is ignored.
 *
 * @param tls whether the scheme is {@code https}
 * @param host name or address in lower case, IPv6 without brackets
 * @param port the port, the scheme's own filled in
 */
public record Origin(boolean tls, String host, int port) {

  /**
   * The origin of the absolute {@code http} or {@code https} URL {@code url}; empty if it is none.
   */
  public static Optional<Origin> parse(String url) {
    try {
      return of(new URI(url));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  static Optional<Origin> of(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean tls = scheme.equals("https");
    if (uri.getHost() == null || !(tls || scheme.equals("http"))) {
      return Optional.empty();
    }
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    if (host.startsWith("[")) {
      host = host.substring(1, host.length() - 1);
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
    return port > 65535 ? Optional.empty() : Optional.of(new Origin(tls, host, port));
  }

  /** Whether {@code host} names this machine only. */
  static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.equals("::1")
        || host.matches("127(\\.\\d{1,3}){3}");
  }

  /** The value of {@code Host} (RFC 9110 section 7.2). */
  public String authority() {
    String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return port == (tls ? 443 : 80) ? name : name + ":" + port;
  }

  @Override
  public String toString() {
    return (tls ? "https://" : "http://") + authority();
  }
}
