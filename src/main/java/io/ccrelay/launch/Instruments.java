package io.ccrelay.launch;

import io.ccrelay.cache.Stats;
import io.ccrelay.metrics.JvmMeters;
import io.ccrelay.metrics.Meters;
import io.ccrelay.metrics.RequestJournal;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** The meters of a process and how they are exposed. Safe for use from any context. */
final class Instruments {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AtomicReference<Stats> store = new AtomicReference<>(Stats.ZERO);
  private final Meters meters = new Meters(registry);
  private final RequestJournal journal;

  /** Instruments that read the wall clock {@code clock}. */
  Instruments(InstantSource clock) {
    journal = new RequestJournal(clock, RequestJournal.DEFAULT_ROOM);
    meters.onAnswered(journal);
    meters.onAnswered(new AccessLog());
    JvmMeters.bind(registry);
    meters.showBuild(Version.current());
    meters.showStore(store::get);
  }

  Meters meters() {
    return meters;
  }

  RequestJournal journal() {
    return journal;
  }

  /** The meters in the Prometheus text format. */
  String exposition() {
    return registry.scrape();
  }

  /** Remembers the store's counters for the next exposition. */
  void storeSeen(Stats stats) {
    store.set(stats);
  }
}
