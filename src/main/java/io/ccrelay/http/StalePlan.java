package io.ccrelay.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes of a request whose origin failed (RFC 9111 sections 4.2.4 and 5.2.2.2, RFC 5861
 * section 4).
 */
public sealed interface StalePlan {

  /**
   * Answer with the stored response.
   *
   * @param variant the response
   * @param ttl its remaining freshness, usually negative
   */
  record Serve(Variant variant, Duration ttl) implements StalePlan {}

  /** Pass on what the origin answered. */
  record PassOn() implements StalePlan {}

  /**
   * Answer with an error of our own.
   *
   * @param status 502 or 504
   */
  record Refuse(int status) implements StalePlan {}

  /** How an origin failed to answer. */
  enum Failure {
    /** It could not be reached, was lost before it answered, or did not answer in time. */
    UNREACHABLE(504),
    /** What it answered is no response. */
    BROKEN(502);

    private final int status;

    Failure(int status) {
      this.status = status;
    }

    /** The status that tells the client. */
    public int status() {
      return status;
    }
  }

  /** The statuses that count as an error of the origin (RFC 5861 section 4). */
  Set<Integer> ERRORS = Set.of(500, 502, 503, 504);

  /** After the origin answered {@code status}. */
  static StalePlan afterStatus(
      int status,
      CacheRequest request,
      Optional<Variant> selected,
      Instant now,
      HttpCacheOptions options) {
    return selected
        .filter(variant -> ERRORS.contains(status))
        .filter(variant -> allows(variant, request, now, window(variant, request, options)))
        .<StalePlan>map(variant -> new Serve(variant, variant.freshness().ttl(now)))
        .orElseGet(PassOn::new);
  }

  /** After the origin gave no response at all. */
  static StalePlan afterFailure(
      Failure failure,
      CacheRequest request,
      Optional<Variant> selected,
      Instant now,
      HttpCacheOptions options) {
    return selected
        .filter(variant ->
            allows(
                variant,
                request,
                now,
                longer(window(variant, request, options), options.staleIfDisconnected())))
        .<StalePlan>map(variant -> new Serve(variant, variant.freshness().ttl(now)))
        .orElseGet(() -> new Refuse(failure.status()));
  }

  private static boolean allows(
      Variant variant, CacheRequest request, Instant now, Duration window) {
    var wanted = request.directives();
    boolean insists = wanted.noCache() && wanted.staleIfError().isEmpty();
    return variant.mayServeStale()
        && variant.covers(request)
        && !insists
        && !request.isForOrigin()
        && window.isPositive()
        && variant.freshness().ttl(now).negated().compareTo(window) <= 0;
  }

  private static Duration window(Variant variant, CacheRequest request, HttpCacheOptions options) {
    Duration own = variant.directives().staleIfError().orElse(options.staleIfError());
    return longer(own, request.directives().staleIfError().orElse(Duration.ZERO));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
