package io.ccrelay.policy.run;

import io.ccrelay.cache.Key;
import io.ccrelay.limit.Limit;

/**
 * What a request costs at one counter.
 *
 * @param amount calls, bytes or tokens
 */
public record Toll(Key counter, Limit limit, long amount, Kind kind) {

  /** What is done to the counter. */
  public enum Kind {
    /** Counted if the limit admits it. */
    TAKE,
    /** Asked whether it would be admitted; not counted. */
    LOOK,
    /** Counted whatever the limit says. */
    COUNT
  }
}
