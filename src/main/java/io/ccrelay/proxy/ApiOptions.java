package io.ccrelay.proxy;

import io.ccrelay.http.HttpCacheOptions;
import io.ccrelay.http.QueryRules;
import io.ccrelay.upstream.BackendTls;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One entry of {@code apis}: a web application or HTTP API behind the relay.
 *
 * @param name unique name
 * @param path prefix of the paths it serves, {@code /} for all; a whole number of segments
 * @param backends base URLs of equal services, at least one, without a trailing slash
 * @param preserveHost whether backends get the client's {@code Host} instead of their own
 * @param stripPath whether {@code path} is removed from what backends get
 * @param methods methods let through, empty = all
 * @param timeouts longest waits for a backend
 * @param tls how backends behind {@code https} are met
 * @param cache how answers are cached, empty = not at all
 */
public record ApiOptions(
    String name,
    String path,
    List<String> backends,
    boolean preserveHost,
    boolean stripPath,
    Set<String> methods,
    Timeouts timeouts,
    BackendTls tls,
    Optional<Caching> cache) {

  /** Makes the collections immutable. */
  public ApiOptions {
    backends = List.copyOf(backends);
    methods = Set.copyOf(methods);
  }

  /**
   * The API with the longest prefix of {@code path} among {@code apis}; empty if none serves it.
   *
   * @param path path of a request in normal form, without query
   */
  public static Optional<ApiOptions> serving(List<ApiOptions> apis, String path) {
    Optional<ApiOptions> longest = Optional.empty();
    for (ApiOptions api : apis) {
      if (api.serves(path) && (longest.isEmpty() || longest.get().isShorterThan(api))) {
        longest = Optional.of(api);
      }
    }
    return longest;
  }

  /** Whether {@code method} is let through; {@code HEAD} is with {@code GET}. */
  public boolean allows(String method) {
    return methods.isEmpty()
        || methods.contains(method)
        || (method.equals("HEAD") && methods.contains("GET"));
  }

  private boolean isShorterThan(ApiOptions other) {
    return path.length() < other.path.length();
  }

  /** Whether {@code requested} is {@code path} or below it. */
  boolean serves(String requested) {
    return requested.startsWith(path)
        && (path.endsWith("/")
            || requested.length() == path.length()
            || requested.charAt(path.length()) == '/');
  }

  /**
   * Longest waits of an exchange with a backend.
   *
   * @param connect to obtain a connection
   * @param firstByte from the request sent to the head of the answer
   * @param betweenBytes between two pieces of the answer's content
   * @param total for the whole exchange, empty = unlimited
   */
  public record Timeouts(
      Duration connect, Duration firstByte, Duration betweenBytes, Optional<Duration> total) {

    /** 3 s to connect, 60 s of silence, no limit for the whole. */
    public static final Timeouts DEFAULTS =
        new Timeouts(
            Duration.ofSeconds(3),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Optional.empty());
  }

  /**
   * {@code http_cache}: a shared cache as RFC 9111 has it.
   *
   * @param rules how it uses the freedom that RFC 9111 leaves
   * @param query which differences between queries do not matter
   * @param credentialParameters query parameters treated like {@code Authorization}
   * @param maxEntryBytes largest content kept; a larger answer streams through
   */
  public record Caching(
      HttpCacheOptions rules,
      QueryRules query,
      Set<String> credentialParameters,
      long maxEntryBytes) {

    /** RFC 9111 with the defaults of {@link HttpCacheOptions}, entries up to 8 MiB. */
    public static final Caching DEFAULTS =
        new Caching(HttpCacheOptions.DEFAULTS, QueryRules.EXACT, Set.of(), 8L << 20);

    /** Makes the set immutable. */
    public Caching {
      credentialParameters = Set.copyOf(credentialParameters);
    }
  }
}
