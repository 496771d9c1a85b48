package io.ccrelay.policy.run;

import io.ccrelay.policy.expression.Budget;

/**
 * Where the gateway leaves a choice, or one does better than it.
 *
 * @param queryKey which query parameters are in the key of a response if a look-up names none
 * @param anonymousRateLimit whether {@code rate-limit} counts callers without a subscription in one
 *     bucket instead of letting them pass
 * @param honourRequestCacheControl whether a caller's {@code no-cache} and {@code no-store} count
 * @param respectBackendCacheControl whether a backend's {@code no-store} and {@code private}, and
 *     {@code Set-Cookie}, keep a response out of the cache
 * @param maxStoredBytes largest response that is stored
 * @param budget what one evaluation of an expression may use
 */
public record Profile(
    QueryKey queryKey,
    boolean anonymousRateLimit,
    boolean honourRequestCacheControl,
    boolean respectBackendCacheControl,
    long maxStoredBytes,
    Budget.Limits budget) {

  /** As the gateway does it, but for the safe query key. */
  public static final Profile DEFAULTS =
      new Profile(QueryKey.ALL, false, false, false, 2L << 20, Budget.Limits.DEFAULT);

  /** Which query parameters separate responses. */
  public enum QueryKey {
    /** All, if a look-up names none. */
    ALL,
    /** Those a look-up names and those of the operation's template. */
    DECLARED
  }
}
