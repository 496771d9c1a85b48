package io.ccrelay.policy.expression;

import org.jspecify.annotations.Nullable;

/** Where an {@code out} argument puts its value. */
@FunctionalInterface
interface Variable {

  void set(@Nullable Object value);
}
