package io.ccrelay.llm;

import java.util.Optional;
import java.util.Set;

/** The rows of {@link Verdict}, in their order. */
final class AnswerTable {

  private static final Set<String> NATURAL =
      Set.of("end_turn", "stop_sequence", "stop", "completed");
  private static final Set<String> CUT =
      Set.of(
          "max_tokens",
          "model_context_window_exceeded",
          "length",
          "max_output_tokens",
          "incomplete");
  private static final Set<String> OPEN = Set.of("pause_turn", "queued", "in_progress");
  private static final Set<String> TOOL = Set.of("tool_use", "tool_calls", "function_call");

  private AnswerTable() {}

  /** The reason of the first row that applies. */
  static Optional<PassReason> objection(Route route, AnswerFacts facts, ResponsesOptions options) {
    if (facts.error()) {
      return Optional.of(PassReason.ERROR);
    }
    if (route.deterministic()) {
      return facts.empty() ? Optional.of(PassReason.EMPTY) : Optional.empty();
    }
    if (facts.serverState()) {
      return Optional.of(PassReason.SERVER_STATE);
    }
    return byEnd(facts)
        .or(() -> byTools(facts, options.toolUse()))
        .or(() -> facts.empty() ? Optional.of(PassReason.EMPTY) : Optional.empty())
        .or(() -> byUnknownEnd(facts));
  }

  private static Optional<PassReason> byEnd(AnswerFacts facts) {
    String stop = facts.stopReason().orElse("");
    if (facts.refusal() || stop.equals("refusal")) {
      return Optional.of(PassReason.REFUSAL);
    }
    if (facts.filtered() || stop.equals("content_filter")) {
      return Optional.of(PassReason.FILTERED);
    }
    if (CUT.contains(stop)) {
      return Optional.of(PassReason.TRUNCATED);
    }
    return OPEN.contains(stop) ? Optional.of(PassReason.PAUSED) : Optional.empty();
  }

  private static Optional<PassReason> byTools(AnswerFacts facts, boolean toolUse) {
    if (!facts.toolUse()) {
      return Optional.empty();
    }
    if (!toolUse) {
      return Optional.of(PassReason.TOOL_USE);
    }
    return facts.toolInputValid() ? Optional.empty() : Optional.of(PassReason.TOOL_INPUT);
  }

  private static Optional<PassReason> byUnknownEnd(AnswerFacts facts) {
    String stop = facts.stopReason().orElse("");
    boolean known = NATURAL.contains(stop) || (facts.toolUse() && TOOL.contains(stop));
    return known ? Optional.empty() : Optional.of(PassReason.STOP_REASON);
  }
}
