package io.ccrelay.policy.run;

import io.ccrelay.policy.LlmPolicy.TokenNotices;
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
 * @param notices what the document wants to know
 */
record TokenCount(
    List<Toll> counters, long reserved, long prompt, boolean promptCounts, TokenNotices notices) {

  /** Whether a statement of the document wants to know what the answer cost. */
  boolean asksWhatWasConsumed() {
    return notices.tokensConsumedHeaderName().isPresent()
        || notices.tokensConsumedVariableName().isPresent();
  }

  /** Puts what {@code answer} says to have cost in the place of the estimate. */
  void tell(Conversation conversation, Response answer) {
    if (!asksWhatWasConsumed() || answer.onItsWay().isPresent()) {
      return;
    }
    TokenUsage.inTail(answer.held().toUtf8())
        .map(usage -> usage.counted(promptCounts))
        .ifPresent(used -> {
          String number = String.valueOf(used);
          notices.tokensConsumedHeaderName().ifPresent(name -> conversation.notice(name, number));
          notices
              .tokensConsumedVariableName()
              .ifPresent(name -> conversation.variables().put(name, used.intValue()));
        });
  }

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
