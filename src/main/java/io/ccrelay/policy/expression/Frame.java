package io.ccrelay.policy.expression;

import org.jspecify.annotations.Nullable;

/** The state of one evaluation. Confined to one context. */
final class Frame {

  final PolicyContext context;
  final Budget budget;
  final @Nullable Object[] slots;

  /** Index in the source of the operation that runs, for errors. */
  int at;

  /** What {@code return} gave. */
  @Nullable Object result;

  Frame(PolicyContext context, Budget budget, int slots) {
    this.context = context;
    this.budget = budget;
    this.slots = new @Nullable Object[slots];
  }

  /** Charges the memory of a text that was made. */
  String made(String text) {
    budget.allocate(2L * text.length());
    return text;
  }
}
