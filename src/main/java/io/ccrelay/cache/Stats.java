package io.ccrelay.cache;

/**
 * Counters of a store since it was opened; all zero after it was closed.
 *
 * @param hits look-ups that found a value
 * @param misses look-ups that found none
 * @param keyCount values held now
 * @param bytesUsed memory held by keys and values now, bytes
 * @param evictions values given up for room; expiry and deletion do not count
 */
public record Stats(long hits, long misses, long keyCount, long bytesUsed, long evictions) {

  /** Nothing counted. */
  public static final Stats ZERO = new Stats(0, 0, 0, 0, 0);

  /** Both added up. */
  public Stats plus(Stats other) {
    return new Stats(
        hits + other.hits,
        misses + other.misses,
        keyCount + other.keyCount,
        bytesUsed + other.bytesUsed,
        evictions + other.evictions);
  }

  /** Share of look-ups that hit, 0 when nothing was looked up. */
  public double hitRate() {
    long lookups = hits + misses;
    return lookups == 0 ? 0 : (double) hits / lookups;
  }
}
