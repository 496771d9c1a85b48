package io.ccrelay.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * How long a response is fresh and what governs its use (RFC 9111 section 4.2). Worked out once per
 * response; safe for use from any context.
 *
 * @param lifetime freshness lifetime, never negative
 * @param basis where the lifetime comes from
 * @param directives the directives in force: those of a targeted field or of {@code Cache-Control}
 * @param targeted whether they are those of a targeted field
 * @param initialAge age on arrival
 * @param responseTime when the response arrived
 */
public record Freshness(
    Duration lifetime,
    Basis basis,
    CacheControl directives,
    boolean targeted,
    Duration initialAge,
    Instant responseTime) {

  /** Where a lifetime comes from. */
  public enum Basis {
    /** {@code s-maxage}. */
    S_MAXAGE,
    /** {@code max-age}. */
    MAX_AGE,
    /** {@code Expires}. */
    EXPIRES,
    /** A guess from {@code Last-Modified}. */
    HEURISTIC,
    /** The operator's word where the response gives none. */
    GRANTED,
    /** Nothing: stale on arrival. */
    NONE
  }

  /** Statuses cacheable without explicit freshness (RFC 9110 section 15.1). */
  static final Set<Integer> HEURISTIC_STATUSES =
      Set.of(200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501);

  private static final int HEURISTIC_FRACTION = 10;

  private record Lifetime(Duration span, Basis basis) {}

  /** The freshness of {@code response}. */
  public static Freshness of(StoredResponse response, HttpCacheOptions options) {
    var targeted = TargetedCacheControl.select(options.targetedFields(), response.fields());
    var directives = targeted.orElseGet(() -> CacheControl.ofResponse(response.fields()));
    var lifetime =
        explicit(directives)
            .or(() -> targeted.isPresent() ? Optional.empty() : expires(response))
            .or(() -> heuristic(response, directives, options))
            .or(() -> granted(response, directives, options))
            .orElse(new Lifetime(Duration.ZERO, Basis.NONE));
    return new Freshness(
        lifetime.span(),
        lifetime.basis(),
        directives,
        targeted.isPresent(),
        Age.initial(response),
        response.responseTime());
  }

  /** The directives in force in a response with {@code fields}. */
  static CacheControl directives(Fields fields, HttpCacheOptions options) {
    return TargetedCacheControl.select(options.targetedFields(), fields)
        .orElseGet(() -> CacheControl.ofResponse(fields));
  }

  /** Whether the origin said how long the response is fresh. */
  public boolean isExplicit() {
    return basis == Basis.S_MAXAGE || basis == Basis.MAX_AGE || basis == Basis.EXPIRES;
  }

  /** Age at {@code now}, never negative. */
  public Duration age(Instant now) {
    return Age.current(initialAge, responseTime, now);
  }

  /** Remaining freshness at {@code now}, negative when stale. */
  public Duration ttl(Instant now) {
    return lifetime.minus(age(now));
  }

  /** Whether the lifetime is strictly above the age. */
  public boolean isFresh(Instant now) {
    return ttl(now).isPositive();
  }

  private static Optional<Lifetime> explicit(CacheControl directives) {
    return directives
        .sharedMaxAge()
        .map(span -> new Lifetime(span, Basis.S_MAXAGE))
        .or(() -> directives.maxAge().map(span -> new Lifetime(span, Basis.MAX_AGE)));
  }

  /** Lines that differ, or that hold no date, mean expired (RFC 9111 section 5.3). */
  private static Optional<Lifetime> expires(StoredResponse response) {
    var lines = response.fields().all("Expires").stream().distinct().toList();
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    Duration span =
        lines.size() > 1
            ? Duration.ZERO
            : response
                .instant("Expires")
                .map(expiry -> Duration.between(response.date(), expiry))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    return Optional.of(new Lifetime(span, Basis.EXPIRES));
  }

  private static Optional<Lifetime> heuristic(
      StoredResponse response, CacheControl directives, HttpCacheOptions options) {
    if (!options.heuristic() || !mayBeGuessed(response, directives)) {
      return Optional.empty();
    }
    return response
        .instant("Last-Modified")
        .map(modified -> Duration.between(modified, response.date()).dividedBy(HEURISTIC_FRACTION))
        .filter(Duration::isPositive)
        .map(span -> span.compareTo(options.heuristicCap()) > 0 ? options.heuristicCap() : span)
        .map(span -> new Lifetime(span, Basis.HEURISTIC));
  }

  private static Optional<Lifetime> granted(
      StoredResponse response, CacheControl directives, HttpCacheOptions options) {
    return options.defaultTtl().isPositive() && mayBeGuessed(response, directives)
        ? Optional.of(new Lifetime(options.defaultTtl(), Basis.GRANTED))
        : Optional.empty();
  }

  /** Whether the status allows freshness that the origin does not state. */
  private static boolean mayBeGuessed(StoredResponse response, CacheControl directives) {
    return HEURISTIC_STATUSES.contains(response.status()) || directives.isPublic();
  }
}
