package io.ccrelay.proxy.api;

import io.ccrelay.cache.Flights;
import io.ccrelay.upstream.Upstream;

/**
 * How fast an answer of the origin is read: at the pace of the client, or faster if it is recorded
 * and others wait for it, or the client left. Confined to one context.
 */
final class Reading {

  private final Upstream.Answer answer;
  private final Audience audience;
  private final Flights.Leader leader;
  private boolean flowing = true;

  Reading(Upstream.Answer answer, Audience audience, Flights.Leader leader) {
    this.answer = answer;
    this.audience = audience;
    this.leader = leader;
  }

  /** Reads on or holds, as things are now. */
  void adjust(boolean recording) {
    boolean wanted =
        !audience.behind() || (recording && (audience.isGone() || leader.followers() > 0));
    if (wanted != flowing) {
      flowing = wanted;
      if (wanted) {
        answer.resume();
      } else {
        answer.pause();
      }
    }
  }
}
