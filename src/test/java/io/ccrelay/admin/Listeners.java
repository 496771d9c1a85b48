package io.ccrelay.admin;

import io.ccrelay.cache.Purger;
import io.ccrelay.llm.Explanation;
import io.ccrelay.metrics.Meters;
import io.ccrelay.metrics.PriceTable;
import io.ccrelay.metrics.RequestJournal;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.FakeClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;

/** Management listeners on loopback over scripted parts. */
final class Listeners {

  private Listeners() {}

  static AdminVerticle deploy(
      Vertx vertx, List<ManagementOptions.Token> tokens, MapCache cache, Purger purger) {
    var clock = new FakeClock();
    var admin =
        new AdminVerticle(
            new AdminParts(
                new ManagementOptions(true, "127.0.0.1", 0, tokens, PriceTable.NONE),
                () -> cache,
                cache.held(),
                () -> ScriptedPreload::answer,
                purger,
                Optional.empty(),
                new Meters(new SimpleMeterRegistry()),
                new RequestJournal(clock, 16),
                () -> "",
                stats -> {},
                () -> Readiness.READY,
                () -> request -> Future.succeededFuture(Explanation.never(request.path())),
                Optional::empty,
                clock,
                "1.2.3",
                () -> PolicyValues.NONE,
                Optional::empty));
    Await.result(vertx.deployVerticle(admin));
    return admin;
  }
}
