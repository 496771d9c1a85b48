package io.ccrelay.policy.expression;

/**
 * {@code IUrl}: a URL in its parts.
 *
 * @param scheme scheme, for instance {@code https}
 * @param host host without port
 * @param port port, the scheme's default if the URL names none
 * @param path path with its leading slash
 * @param queryString query with its leading question mark, or empty
 */
public record Url(String scheme, String host, int port, String path, String queryString) {

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /** The URL as text; the scheme's default port is left out. */
  @Override
  public String toString() {
    boolean plain = port < 0 || port == (scheme.equalsIgnoreCase("http") ? HTTP : HTTPS);
    return scheme + "://" + host + (plain ? "" : ":" + port) + path + queryString;
  }
}
