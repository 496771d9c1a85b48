package io.ccrelay.proxy;

import io.ccrelay.cache.CacheOutcome;

/**
 * What {@code Cache-Status} (RFC 9211) says of an answer that came from upstream.
 *
 * @param outcome miss or bypass
 * @param forward the reason for going forward, a token of RFC 9211 section 2.2
 * @param detail our own reason, empty = none
 */
record MissNote(CacheOutcome outcome, String forward, String detail) {

  /**
   * For an answer whose end is not known yet; it will not be stored if there is a {@code reason}.
   */
  String live(String reason) {
    return text(false, why(reason));
  }

  /** For an answer that is complete: stored, or not for {@code reason}. */
  String whole(boolean kept, String reason) {
    return text(kept, why(reason));
  }

  /** Whoever bypasses the cache never meant to store: the reason for that says more. */
  String why(String reason) {
    return reason.isEmpty() || outcome == CacheOutcome.BYPASS ? detail : reason;
  }

  private String text(boolean stored, String why) {
    var text = new StringBuilder(48).append("cc-relay; fwd=").append(forward);
    if (stored) {
      text.append("; stored");
    }
    if (!why.isEmpty()) {
      text.append("; detail=").append(why);
    }
    return text.toString();
  }
}
