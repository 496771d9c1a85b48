package io.ccrelay.cache.cluster.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.cache.Stats;
import io.ccrelay.cache.StatsPoll;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.Cluster;
import io.ccrelay.testing.FlakyWire;
import io.vertx.core.Future;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Counters of the members of a real cluster on loopback. */
class ClusterStatsTest {

  @Test
  void whatMembersCountIsAddedUpAndWhoIsSilentIsNamed() {
    try (var cluster = new Cluster(2)) {
      var here = new FlakyWire(cluster.node(0).vertx(), cluster.node(0).wire("stats"));
      var asking = poll(here, new Stats(1, 2, 3, 4, 5));
      Await.result(poll(cluster.node(1).wire("stats"), new Stats(10, 20, 30, 40, 50)).open());
      Await.result(asking.open());

      assertEquals(new Stats(11, 22, 33, 44, 55), StatsPoll.sum(Await.result(asking.ask())));

      here.cut(true);
      var answers = Await.result(asking.ask());
      assertEquals(new Stats(1, 2, 3, 4, 5), StatsPoll.sum(answers));
      assertEquals(2, answers.size());
    }
  }

  private static ClusterStats poll(io.ccrelay.cache.cluster.wire.Wire wire, Stats own) {
    return new ClusterStats(wire, () -> Future.succeededFuture(own), Duration.ofMillis(300));
  }
}
