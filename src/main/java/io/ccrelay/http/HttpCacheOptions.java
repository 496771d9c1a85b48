package io.ccrelay.http;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a shared cache uses the freedom RFC 9111 leaves it. Immutable; safe for use from any context.
 *
 * @param targetedFields targeted cache-control fields to obey, the most specific first (RFC 9213)
 * @param heuristic whether freshness may be guessed from {@code Last-Modified}
 * @param heuristicCap longest guessed freshness
 * @param defaultTtl freshness of responses that would be {@code heuristic} but name neither an
 *     expiry nor a modification: what an operator knows and the origin does not say; zero = none
 * @param staleWhileRevalidate window for responses that do not name one; zero = none
 * @param staleIfError window for responses that do not name one; zero = none
 * @param staleIfDisconnected how long past its freshness a response may serve when the origin
 *     cannot be reached; zero = never
 * @param storeSetCookie whether responses with {@code Set-Cookie} may be stored
 * @param credentialFields request fields treated like {@code Authorization}, in lower case
 * @param maxVariants most responses kept under one key
 * @param maxRanges most ranges answered in one response; a request for more gets the whole
 */
public record HttpCacheOptions(
    List<String> targetedFields,
    boolean heuristic,
    Duration heuristicCap,
    Duration defaultTtl,
    Duration staleWhileRevalidate,
    Duration staleIfError,
    Duration staleIfDisconnected,
    boolean storeSetCookie,
    Set<String> credentialFields,
    int maxVariants,
    int maxRanges) {

  /** Heuristics up to a day, stale use only when disconnected, 50 variants. */
  public static final HttpCacheOptions DEFAULTS =
      new HttpCacheOptions(
          TargetedCacheControl.DEFAULT_FIELDS,
          true,
          Duration.ofDays(1),
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ofDays(1),
          true,
          Set.of("authorization", "x-api-key", "api-key"),
          50,
          16);

  /** Makes the collections immutable and the credential fields lower case. */
  public HttpCacheOptions {
    targetedFields = List.copyOf(targetedFields);
    credentialFields =
        credentialFields.stream().map(ListMembers::lower).collect(Collectors.toUnmodifiableSet());
    checkNotNegative("heuristic_cap", heuristicCap);
    checkNotNegative("default_ttl", defaultTtl);
    checkNotNegative("stale_while_revalidate", staleWhileRevalidate);
    checkNotNegative("stale_if_error", staleIfError);
    checkNotNegative("stale_if_disconnected", staleIfDisconnected);
    checkPositive("max_variants", maxVariants);
    checkPositive("max_ranges", maxRanges);
  }

  private static void checkNotNegative(String name, Duration span) {
    if (span.isNegative()) {
      throw new IllegalArgumentException(name + ": " + span + " (expected: >= 0)");
    }
  }

  private static void checkPositive(String name, int count) {
    if (count <= 0) {
      throw new IllegalArgumentException(name + ": " + count + " (expected: > 0)");
    }
  }
}
