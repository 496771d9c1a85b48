package io.ccrelay.cache.cluster;

/**
 * How many members operations need. Infinispan acknowledges a write when all living owners have it
 * and reads from any one of them, so that copies never differ; what is left of the original's
 * quorums is that too few members mean no service.
 *
 * @param members for anything
 * @param readers for reads
 * @param writers for writes
 */
record Quorum(int members, int readers, int writers) {

  /** Whether {@code present} members may read. */
  boolean reads(int present) {
    return present >= Math.max(members, readers);
  }

  /** Whether {@code present} members may write. */
  boolean writes(int present) {
    return present >= Math.max(members, writers);
  }
}
