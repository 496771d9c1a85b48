package io.ccrelay.policy.run;

import io.ccrelay.policy.expression.Url;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Absolute URLs of services. */
public final class Urls {

  private Urls() {}

  /** The {@code http} or {@code https} URL {@code text}; user information is refused. */
  public static Optional<Url> parse(String text) {
    try {
      return of(new URI(text.strip()));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static Optional<Url> of(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean tls = scheme.equals("https");
    if (uri.getHost() == null || uri.getRawUserInfo() != null || !(tls || scheme.equals("http"))) {
      return Optional.empty();
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return Optional.of(new Url(scheme, uri.getHost().toLowerCase(Locale.ROOT), port, path, query));
  }
}
