package io.ccrelay.cache.purge;

/**
 * What one process found on behalf of a purge. Immutable.
 *
 * @param matched entries that the purge makes void and no purge before did
 * @param removed those whose memory is free
 * @param complete whether the walk was over; otherwise the numbers are lower bounds
 */
public record Swept(long matched, long removed, boolean complete) {

  /** Nothing found, because there was nothing to look at. */
  public static final Swept NOTHING = new Swept(0, 0, true);

  /** Both together. */
  public Swept plus(Swept other) {
    return new Swept(matched + other.matched, removed + other.removed, complete && other.complete);
  }
}
