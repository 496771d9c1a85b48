package io.ccrelay.policy.run;

import io.ccrelay.policy.Policy;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** What follows a statement. */
sealed interface Move {

  /** The next statement. */
  Move NEXT = new Next();

  /** See {@link #NEXT}. */
  record Next() implements Move {}

  /** Something of the world, and then what its answer leads to. */
  record Ask(Effect effect, Function<Answer, Move> then) implements Move {}

  /** A block, and then what follows it. */
  record Run(List<Policy> block, Supplier<Move> then) implements Move {}

  /** On in outbound at {@code index}; everything under way is left. */
  record ToOutbound(int index) implements Move {}

  /** The end of a branch. */
  record Stop() implements Move {}

  /** The end of the pipeline: the response of the conversation is the reply. */
  record End() implements Move {}

  /** An effect whose answer does not matter. */
  static Move done(Effect effect) {
    return new Ask(effect, _ -> NEXT);
  }
}
