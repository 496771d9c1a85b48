package io.ccrelay.policy.expression;

import org.jspecify.annotations.Nullable;

/** An expression, compiled. Safe for use from any context. */
@FunctionalInterface
interface Code {

  @Nullable Object run(Frame frame);
}
