package io.ccrelay.proxy.policy;

import io.ccrelay.cache.Counters;
import io.ccrelay.limit.Limit;
import io.ccrelay.limit.Limit.Verdict;
import io.ccrelay.limit.Tally;
import io.ccrelay.policy.run.Toll;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Pays tolls at counters by compare-and-swap. A counter that does not answer, or that others change
 * all the time, admits without counting. Safe for use from any context.
 */
final class Tollgate {

  /** Attempts at one counter. */
  static final int ATTEMPTS = 32;

  private final Counters counters;
  private final InstantSource clock;

  Tollgate(Counters counters, InstantSource clock) {
    this.counters = counters;
    this.clock = clock;
  }

  /** One verdict for each toll up to the first refusal; what was taken before it is given back. */
  Future<List<Verdict>> pay(List<Toll> tolls) {
    return pay(tolls, new ArrayList<>());
  }

  private Future<List<Verdict>> pay(List<Toll> tolls, List<Verdict> verdicts) {
    if (verdicts.size() == tolls.size()) {
      return Future.succeededFuture(verdicts);
    }
    return pay(tolls.get(verdicts.size()))
        .compose(verdict -> {
          verdicts.add(verdict);
          return verdict instanceof Verdict.Refused
              ? giveBack(tolls.subList(0, verdicts.size() - 1)).map(verdicts)
              : pay(tolls, verdicts);
        });
  }

  private Future<Void> giveBack(List<Toll> taken) {
    var returns =
        taken.stream()
            .filter(toll -> toll.kind() == Toll.Kind.TAKE)
            .map(toll ->
                pay(new Toll(toll.counter(), toll.limit(), -toll.amount(), Toll.Kind.COUNT)))
            .toList();
    return Future.join(returns).mapEmpty();
  }

  private Future<Verdict> pay(Toll toll) {
    return attempt(toll, ATTEMPTS).otherwise(_ -> new Verdict.Admitted(toll.limit().most()));
  }

  private Future<Verdict> attempt(Toll toll, int left) {
    Instant now = clock.instant();
    return counters
        .read(toll.counter())
        .compose(before -> {
          Limit.Step step = step(toll, before.map(Tally::decode).orElse(Tally.NONE), now);
          if (toll.kind() == Toll.Kind.LOOK
              || step.verdict() instanceof Verdict.Refused
              || left == 0) {
            return Future.succeededFuture(step.verdict());
          }
          Duration kept = toll.limit().retention(now).orElse(Duration.ZERO);
          return counters
              .replace(toll.counter(), before, step.tally().encode(), kept)
              .compose(replaced ->
                  replaced ? Future.succeededFuture(step.verdict()) : attempt(toll, left - 1));
        });
  }

  private static Limit.Step step(Toll toll, Tally tally, Instant now) {
    Limit limit = toll.limit();
    return switch (toll.kind()) {
      case TAKE -> limit.take(tally, now, toll.amount());
      case LOOK -> new Limit.Step(tally, limit.look(tally, now, toll.amount()));
      case COUNT -> limit.count(tally, now, toll.amount());
    };
  }
}
