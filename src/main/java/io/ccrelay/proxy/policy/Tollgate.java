package io.ccrelay.proxy.policy;

import io.ccrelay.cache.Counters;
import io.ccrelay.cache.Key;
import io.ccrelay.limit.Limit;
import io.ccrelay.limit.Limit.Verdict;
import io.ccrelay.limit.Tally;
import io.ccrelay.policy.run.Toll;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Pays tolls at counters by compare-and-swap. Tolls that ask for a counter while it is being
 * changed wait and are paid together: who contends for it are verticles and nodes, not requests. A
 * counter that does not answer, or that others change all the time, admits without counting.
 * Confined to one context.
 */
final class Tollgate {

  /** Attempts at one counter; event loops that meet at it lose some. */
  static final int ATTEMPTS = 128;

  private final Counters counters;
  private final InstantSource clock;

  /** The counters being changed, and who waits for each. */
  private final Map<Key, List<Payer>> lines = new HashMap<>();

  private record Payer(Toll toll, Promise<Verdict> verdict) {}

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
    Promise<Verdict> verdict = Promise.promise();
    var payer = new Payer(toll, verdict);
    List<Payer> line = lines.get(toll.counter());
    if (line == null) {
      lines.put(toll.counter(), new ArrayList<>());
      serve(toll.counter(), List.of(payer));
    } else {
      line.add(payer);
    }
    return verdict.future();
  }

  /** Always ends, whatever the counters throw: others may wait in the line. */
  private void serve(Key counter, List<Payer> payers) {
    Future.<Void>succeededFuture()
        .compose(_ -> attempt(counter, payers, ATTEMPTS))
        .otherwise(_ -> payers.stream().map(Tollgate::unjudged).toList())
        .onSuccess(verdicts -> {
          next(counter);
          for (int i = 0; i < payers.size(); i++) {
            payers.get(i).verdict().complete(verdicts.get(i));
          }
        });
  }

  private static Verdict unjudged(Payer payer) {
    return new Verdict.Admitted(payer.toll().limit().most());
  }

  private void next(Key counter) {
    List<Payer> line = lines.remove(counter);
    if (line != null && !line.isEmpty()) {
      lines.put(counter, new ArrayList<>());
      serve(counter, line);
    }
  }

  private Future<List<Verdict>> attempt(Key counter, List<Payer> payers, int left) {
    Instant now = clock.instant();
    return counters
        .read(counter)
        .compose(before -> {
          Sum sum = Sum.of(payers, before.map(Tally::decode).orElse(Tally.NONE), now);
          if (!sum.changes() || left == 0) {
            return Future.succeededFuture(sum.verdicts());
          }
          return counters
              .replace(counter, before, sum.tally().encode(), sum.kept())
              .compose(replaced ->
                  replaced
                      ? Future.succeededFuture(sum.verdicts())
                      : attempt(counter, payers, left - 1));
        });
  }

  /**
   * What tolls paid one after the other come to.
   *
   * @param kept how long the counter is needed, zero: for ever
   */
  private record Sum(Tally tally, List<Verdict> verdicts, boolean changes, Duration kept) {

    static Sum of(List<Payer> payers, Tally before, Instant now) {
      var verdicts = new ArrayList<Verdict>(payers.size());
      Tally tally = before;
      boolean changes = false;
      Duration kept = Duration.ofMillis(1);
      for (Payer payer : payers) {
        Toll toll = payer.toll();
        Limit.Step step = step(toll, tally, now);
        verdicts.add(step.verdict());
        tally = step.tally();
        if (toll.kind() != Toll.Kind.LOOK && step.verdict() instanceof Verdict.Admitted) {
          changes = true;
          kept = longer(kept, toll.limit().retention(now).orElse(Duration.ZERO));
        }
      }
      return new Sum(tally, verdicts, changes, kept);
    }

    private static Duration longer(Duration one, Duration other) {
      return one.isZero() || other.isZero()
          ? Duration.ZERO
          : one.compareTo(other) > 0 ? one : other;
    }
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
