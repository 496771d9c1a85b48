package io.ccrelay.policy;

import io.ccrelay.policy.expression.Expression;

/**
 * The value of an attribute or of an element's text: known at load, or computed for each request. A
 * value is one or the other as a whole; text mixed with expressions is refused.
 *
 * @param <T> what it is or must become: {@link String}, {@link Boolean}, {@link Integer}, {@link
 *     Long}, {@link Double}, a {@link Token} enum, or {@link Object} where an expression keeps its
 *     own type (a literal is a {@link String} then)
 */
public sealed interface PolicyValue<T> {

  /** What the value is or must become. */
  Class<T> type();

  /** A value known at load; it has passed the attribute's checks. */
  record Literal<T>(Class<T> type, T value) implements PolicyValue<T> {}

  /** A value computed for each request; the result is checked by whoever runs it. */
  record Computed<T>(Class<T> type, Expression expression) implements PolicyValue<T> {}

  /** A literal text. */
  static PolicyValue<String> text(String text) {
    return new Literal<>(String.class, text);
  }

  /** A literal truth value. */
  static PolicyValue<Boolean> flag(boolean flag) {
    return new Literal<>(Boolean.class, flag);
  }

  /** A literal number. */
  static PolicyValue<Integer> number(int number) {
    return new Literal<>(Integer.class, number);
  }
}
