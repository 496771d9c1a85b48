package io.ccrelay.policy.expression;

import org.jspecify.annotations.Nullable;

/** A value that expressions can call: a lambda. Confined to one context. */
@FunctionalInterface
interface Callable {

  @CanIgnoreReturnValue
  @Nullable Object call(@Nullable Object... arguments);
}
