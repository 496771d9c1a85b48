package io.ccrelay.http;

import java.util.List;

/**
 * Whether the answer to one request may be given to others that waited for it (RFC 9111 section 4).
 * Safe for use from any context.
 */
public final class Collapse {

  private Collapse() {}

  /** Whether {@code follower} may wait for the answer to another request for the same key. */
  public static boolean mayWait(CacheRequest follower) {
    var wanted = follower.directives();
    return follower.isRetrieval()
        && !follower.isForOrigin()
        && !wanted.noStore()
        && !wanted.noCache()
        && !wanted.onlyIfCached();
  }

  /**
   * Whether the response that {@code plan} is about also answers {@code follower}: it is stored, it
   * is selected by the follower too, and the origin need not be asked for each use. It was made
   * while the follower waited, so it may be stale unless it forbids that.
   */
  public static boolean isShareable(StorePlan plan, CacheRequest follower) {
    return plan instanceof StorePlan.Keep(Variant variant)
        && mayWait(follower)
        && isReusable(variant)
        && variant.covers(follower)
        && Variants.choose(List.of(variant), follower).isPresent();
  }

  private static boolean isReusable(Variant variant) {
    var freshness = variant.freshness();
    boolean freshOnArrival = freshness.lifetime().compareTo(freshness.initialAge()) > 0;
    return variant.mayServeStale() || (freshOnArrival && !variant.needsValidation());
  }
}
