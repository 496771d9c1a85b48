package io.ccrelay.admin;

import io.ccrelay.cache.PurgeRecord;
import io.ccrelay.cache.PurgeReport;
import io.ccrelay.cache.PurgeSelector;
import io.ccrelay.cache.Purger;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A purger that remembers what it was asked and reports three entries. */
final class ScriptedPurger implements Purger {

  final List<PurgeSelector> purged = new CopyOnWriteArrayList<>();
  final List<PurgeSelector> counted = new CopyOnWriteArrayList<>();

  @Override
  public Future<PurgeReport> purge(PurgeSelector selector) {
    purged.add(selector);
    return Future.succeededFuture(report(selector, false));
  }

  @Override
  public Future<PurgeReport> count(PurgeSelector selector) {
    counted.add(selector);
    return Future.succeededFuture(report(selector, true));
  }

  private static PurgeReport report(PurgeSelector selector, boolean dryRun) {
    return new PurgeReport(
        new PurgeRecord(selector, 42),
        dryRun,
        3,
        dryRun ? 0 : 2,
        true,
        !dryRun,
        List.of("a"),
        List.of("b"));
  }
}
