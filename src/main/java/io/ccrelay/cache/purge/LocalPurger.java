package io.ccrelay.cache.purge;

import io.ccrelay.cache.PurgeRecord;
import io.ccrelay.cache.PurgeReport;
import io.ccrelay.cache.PurgeSelector;
import io.ccrelay.cache.Purger;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;

/** Purges of a relay that shares its store with nobody. Safe for use from any context. */
public final class LocalPurger implements Purger {

  private static final List<String> SELF = List.of("local");

  private final LocalPurge here;
  private final InstantSource clock;

  /**
   * Purges {@code here}.
   *
   * @param clock wall clock
   */
  public LocalPurger(LocalPurge here, InstantSource clock) {
    this.here = here;
    this.clock = clock;
  }

  @Override
  public Future<PurgeReport> purge(PurgeSelector selector) {
    PurgeRecord record = here.book().get().next(selector, clock.instant());
    return here.apply(record)
        .compose(
            swept -> here.book().reconcile().map(durable -> report(record, false, swept, durable)));
  }

  @Override
  public Future<PurgeReport> count(PurgeSelector selector) {
    PurgeRecord record = here.book().get().next(selector, clock.instant());
    return here.count(record).map(swept -> report(record, true, swept, false));
  }

  private static PurgeReport report(
      PurgeRecord record, boolean dryRun, Swept swept, boolean durable) {
    return new PurgeReport(
        record,
        dryRun,
        swept.matched(),
        swept.removed(),
        swept.complete(),
        durable,
        SELF,
        List.of());
  }
}
