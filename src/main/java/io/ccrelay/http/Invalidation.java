package io.ccrelay.http;

import java.util.LinkedHashSet;
import java.util.Set;

/** What a request makes void (RFC 9111 section 4.4). Safe for use from any context. */
public final class Invalidation {

  /** Methods known to be safe; any other may have changed something (RFC 9110 section 9.2.1). */
  private static final Set<String> SAFE =
      Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "REPORT", "SEARCH", "QUERY", "PRI");

  private Invalidation() {}

  /**
   * The keys whose variants are all to be dropped after a response: the target, and what {@code
   * Location} and {@code Content-Location} name at the same origin.
   *
   * @return empty after a safe method and after an error
   */
  public static Set<HttpKey> targets(CacheRequest request, int status, Fields response) {
    var targets = new LinkedHashSet<HttpKey>();
    if (SAFE.contains(request.method()) || status < 200 || status >= 400) {
      return targets;
    }
    targets.add(request.key());
    for (String name : new String[] {"Location", "Content-Location"}) {
      response
          .first(name)
          .flatMap(request.key()::resolve)
          .filter(request.key()::isSameOrigin)
          .ifPresent(targets::add);
    }
    return targets;
  }
}
