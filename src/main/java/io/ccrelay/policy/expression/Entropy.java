package io.ccrelay.policy.expression;

import java.util.UUID;

/** Source of randomness of {@code Guid.NewGuid()} and {@code new Random()}. */
public interface Entropy {

  /** A new random identifier. */
  UUID guid();

  /** A seed for a sequence of random numbers. */
  int seed();
}
