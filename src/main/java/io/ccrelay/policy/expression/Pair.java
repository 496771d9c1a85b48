package io.ccrelay.policy.expression;

import org.jspecify.annotations.Nullable;

/** A {@code KeyValuePair}. */
record Pair(@Nullable Object key, @Nullable Object value) {

  @Override
  public String toString() {
    return "[" + Texts.of(key) + ", " + Texts.of(value) + "]";
  }
}
