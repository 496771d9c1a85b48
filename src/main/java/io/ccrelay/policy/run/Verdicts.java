package io.ccrelay.policy.run;

import io.ccrelay.limit.Limit.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * How the tolls of a statement were judged: one verdict each, up to the first refusal.
 *
 * @param each none if the counters could not be asked
 */
record Verdicts(List<Verdict> each) {

  /** The verdicts in the answer to {@link Effect.Pay}. */
  static Verdicts of(Answer answer) {
    return new Verdicts(answer instanceof Answer.Judged(var judged) ? judged : List.of());
  }

  int count() {
    return each.size();
  }

  /** The refusal, which is the last one. */
  Optional<Verdict.Refused> refusal() {
    return !each.isEmpty() && each.getLast() instanceof Verdict.Refused refused
        ? Optional.of(refused)
        : Optional.empty();
  }

  /** What is left where least is left; empty if there is no verdict. */
  Optional<Long> remaining() {
    return each.stream()
        .map(verdict -> verdict instanceof Verdict.Admitted(long left) ? left : 0L)
        .min(Long::compare);
  }

  /** The first verdict alone. */
  Verdicts first() {
    return new Verdicts(each.subList(0, 1));
  }

  /** The last verdict alone. */
  Verdicts last() {
    return new Verdicts(each.subList(each.size() - 1, each.size()));
  }
}
