package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import org.jspecify.annotations.Nullable;

/** Conditions. */
final class Truth {

  private Truth() {}

  static boolean of(@Nullable Object value) {
    if (value instanceof Boolean truth) {
      return truth;
    }
    if (value == null) {
      throw ClrException.operation("Nullable object must have a value.");
    }
    throw ClrException.cast(Types.nameOf(value), "System.Boolean");
  }
}
