package io.ccrelay.cache;

/**
 * Is told of values that appear in a shared store, by whichever process they were stored. Only a
 * hint: one may be told twice or never. Called on any thread, which must not be held up.
 */
@FunctionalInterface
public interface Arrivals {

  /** {@code value} was stored under {@code key}. */
  void stored(Key key, Bytes value);

  /** Nothing is stored under {@code key} any more. */
  default void gone(Key key) {}
}
