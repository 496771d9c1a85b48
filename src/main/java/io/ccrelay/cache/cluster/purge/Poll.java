package io.ccrelay.cache.cluster.purge;

import io.ccrelay.cache.PurgeRecord;
import io.ccrelay.cache.PurgeReport;
import io.ccrelay.cache.purge.Swept;
import java.util.ArrayList;
import java.util.List;

/**
 * What members answered. Immutable.
 *
 * @param ahead microseconds by which the fastest clock among them is ahead for certain
 */
record Poll(Swept swept, List<String> acknowledged, List<String> missing, long ahead) {

  /** Nobody was asked. */
  static final Poll NOBODY = new Poll(Swept.NOTHING, List.of(), List.of(), 0);

  /** {@code member} answered. */
  static Poll of(String member, Swept swept, long ahead) {
    return new Poll(swept, List.of(member), List.of(), Math.max(0, ahead));
  }

  /** {@code member} did not. */
  static Poll missing(String member) {
    return new Poll(Swept.NOTHING, List.of(), List.of(member), 0);
  }

  Poll and(Poll other) {
    return new Poll(
        swept.plus(other.swept),
        joined(acknowledged, other.acknowledged),
        joined(missing, other.missing),
        Math.max(ahead, other.ahead));
  }

  /** With what {@code member}, the one that asked, found itself. */
  Poll plus(String member, Swept own) {
    return of(member, own, 0).and(this);
  }

  /** Members that answered this and {@code second}; what was found first counts once. */
  Poll confirmedBy(Poll second) {
    return new Poll(
        swept.plus(second.swept),
        second.acknowledged,
        joined(missing, second.missing).stream().distinct().toList(),
        0);
  }

  PurgeReport report(PurgeRecord record, boolean dryRun, boolean durable) {
    return new PurgeReport(
        record,
        dryRun,
        swept.matched(),
        swept.removed(),
        swept.complete(),
        durable,
        acknowledged,
        missing);
  }

  private static List<String> joined(List<String> some, List<String> more) {
    var all = new ArrayList<>(some);
    all.addAll(more);
    return List.copyOf(all);
  }
}
