package io.ccrelay.launch;

import io.ccrelay.cache.Flights;
import io.ccrelay.cache.Purger;
import io.ccrelay.cache.Stats;
import io.ccrelay.cache.StatsPoll;
import io.ccrelay.cache.cluster.ClusterNode;
import io.ccrelay.cache.cluster.flight.ClusterFlights;
import io.ccrelay.cache.cluster.purge.ClusterPurger;
import io.ccrelay.cache.cluster.stats.ClusterStats;
import io.ccrelay.cache.cluster.wire.BusWire;
import io.ccrelay.cache.cluster.wire.Wire;
import io.ccrelay.cache.purge.LocalPurge;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What members of a cluster have to say to one another: flights, purges, counters. Safe for use
 * from any context.
 */
final class MemberTalk {

  private static final Logger LOG = LoggerFactory.getLogger(MemberTalk.class);

  private static final Duration LONGEST_OPENING = Duration.ofSeconds(10);
  private static final Duration AGAIN = Duration.ofMillis(250);
  private static final int ATTEMPTS = 40;
  private static final Duration STATS_PATIENCE = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final ClusterNode node;
  private final ClusterFlights flights;
  private volatile @Nullable ClusterPurger purger;
  private volatile @Nullable ClusterStats stats;

  /** Silent until {@link #open}; {@code deadline} is that of the cache. */
  MemberTalk(Vertx vertx, ClusterNode node, Duration deadline) {
    this.vertx = vertx;
    this.node = node;
    this.flights = new ClusterFlights(vertx, wire("flights"), deadline, ClusterFlights.TURN);
  }

  private Wire wire(String purpose) {
    return new BusWire(vertx, purpose, node.self(), node::members);
  }

  Flights flights() {
    return flights;
  }

  /** Purges here and on all other members. */
  Purger purger(LocalPurge here, InstantSource clock) {
    var made = new ClusterPurger(vertx, wire("purges"), here, clock, ClusterPurger.PATIENCE);
    purger = made;
    return made;
  }

  /** Counters of all members; {@code own} are those here. */
  StatsPoll stats(Supplier<Future<Stats>> own) {
    var made = new ClusterStats(wire("stats"), own, STATS_PATIENCE);
    stats = made;
    return made;
  }

  /** Begins; a cluster that does not let it is told of in the log, and the relay goes on. */
  Future<Void> open() {
    node.onMembersChanged(() -> vertx.runOnContext(_ -> tell(ATTEMPTS)));
    ClusterPurger purges = purger;
    ClusterStats counters = stats;
    return Future.join(
            flights.open(),
            purges == null ? Future.succeededFuture() : purges.open(),
            counters == null ? Future.succeededFuture() : counters.open())
        .timeout(LONGEST_OPENING.toMillis(), TimeUnit.MILLISECONDS)
        .<Void>mapEmpty()
        .recover(failure -> {
          LOG.warn("cluster: members may not hear this node: {}", failure.getMessage());
          return Future.succeededFuture();
        });
  }

  /** Tells, and tells again until all have answered: those that came back are not all there yet. */
  private void tell(int attempts) {
    flights.membersChanged();
    ClusterPurger purges = purger;
    if (purges == null || attempts == 0) {
      return;
    }
    var _ =
        purges
            .membersChanged()
            .onSuccess(all -> {
              if (all) {
                node.heardPurges();
              } else {
                vertx.setTimer(AGAIN.toMillis(), _ -> tell(attempts - 1));
              }
            });
  }

  Future<Void> close() {
    ClusterPurger purges = purger;
    ClusterStats counters = stats;
    return Future.join(
            flights.close(),
            purges == null ? Future.succeededFuture() : purges.close(),
            counters == null ? Future.succeededFuture() : counters.close())
        .timeout(STATS_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }
}
