package io.ccrelay.cache;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** The counters of each member of a cluster. Safe for use from any context. */
@FunctionalInterface
public interface StatsPoll {

  /** Asks all members; ends within a second or two, and never fails. */
  Future<List<Answer>> ask();

  /**
   * What a member answered.
   *
   * @param member its name
   * @param stats empty if it did not answer
   */
  record Answer(String member, Optional<Stats> stats) {}

  /** The counters of those who answered, added up. */
  static Stats sum(List<Answer> answers) {
    return answers.stream().flatMap(one -> one.stats().stream()).reduce(Stats.ZERO, Stats::plus);
  }
}
