package io.ccrelay.semantic.guard;

/** One aspect in which two questions must agree. Pure; safe for use from any context. */
@FunctionalInterface
interface Guard {

  /** Whether the two differ so that the answer to one may be wrong for the other; symmetric. */
  boolean objects(Prompt one, Prompt other);

  /** Objects when this guard or {@code second} does. */
  default Guard or(Guard second) {
    return (one, other) -> objects(one, other) || second.objects(one, other);
  }
}
