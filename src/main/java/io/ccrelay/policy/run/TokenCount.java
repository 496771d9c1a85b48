package io.ccrelay.policy.run;

import io.ccrelay.policy.run.Effect.Sent;
import java.util.List;
import java.util.Optional;

/**
 * The counters of one token limit and how they are paid: by the usage that the answer states, or by
 * an estimate where it streams.
 *
 * @param counters their tolls, amounts not yet known
 * @param reserved tokens that were counted before the call, as an estimate
 * @param prompt estimate of the prompt
 * @param promptCounts whether prompt tokens count
 */
record TokenCount(List<Toll> counters, long reserved, long prompt, boolean promptCounts) {

  List<Toll> tolls(Sent sent) {
    long used = usage(sent).map(it -> it.counted(promptCounts)).orElseGet(() -> estimate(sent));
    return counters.stream()
        .map(toll -> new Toll(toll.counter(), toll.limit(), used - reserved, Toll.Kind.COUNT))
        .filter(toll -> toll.amount() != 0)
        .toList();
  }

  private static Optional<TokenUsage> usage(Sent sent) {
    return TokenUsage.inTail(sent.tail());
  }

  /** A model sends about a token an event; nothing is charged for what was no stream. */
  private long estimate(Sent sent) {
    return sent.events() == 0 ? 0 : sent.events() + (promptCounts ? prompt : 0);
  }
}
