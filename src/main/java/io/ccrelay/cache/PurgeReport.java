package io.ccrelay.cache;

import java.util.List;

/**
 * What a purge did, or would do.
 *
 * @param record what is void since; of a dry run, what would be
 * @param dryRun whether it was only counted
 * @param matched entries found that this purge makes void
 * @param removed entries whose memory was freed already
 * @param complete whether every acknowledging member had counted and removed when this was made;
 *     otherwise the numbers are lower bounds, and removing goes on
 * @param durable whether the store keeps the record, for nodes that start later
 * @param acknowledged members that serve none of the entries any more
 * @param missing members that did not acknowledge; they learn of the purge from the store
 */
public record PurgeReport(
    PurgeRecord record,
    boolean dryRun,
    long matched,
    long removed,
    boolean complete,
    boolean durable,
    List<String> acknowledged,
    List<String> missing) {

  /** Makes the lists immutable. */
  public PurgeReport {
    acknowledged = List.copyOf(acknowledged);
    missing = List.copyOf(missing);
  }
}
