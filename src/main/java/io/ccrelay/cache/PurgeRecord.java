package io.ccrelay.cache;

import java.time.Instant;

/**
 * That the entries of {@code selector} asked for at {@code generation} or before are void.
 *
 * @param selector which entries
 * @param generation when: microseconds since 1970, one more than any generation known before if the
 *     clock is behind
 */
public record PurgeRecord(PurgeSelector selector, long generation) {

  /** The last second whose microseconds are counted, 292 000 years from 1970, and back. */
  private static final long LAST_SECOND = Long.MAX_VALUE / 1_000_000L - 1;

  /** The generation that {@code instant} falls into; absurd instants count as the last one. */
  public static long generationOf(Instant instant) {
    long second = Math.clamp(instant.getEpochSecond(), -LAST_SECOND, LAST_SECOND);
    return second * 1_000_000L + instant.getNano() / 1000;
  }

  /** The first instant after {@code generation}. */
  static Instant instantAfter(long generation) {
    return Instant.EPOCH
        .plusSeconds(Math.floorDiv(generation, 1_000_000L))
        .plusNanos((Math.floorMod(generation, 1_000_000L) + 1) * 1000);
  }
}
