package io.ccrelay.cache;

import io.vertx.core.Future;

/**
 * What the relay asks. Best effort: an operation that fails or outlasts {@code cache.deadline} is a
 * miss plus a count, never a failed future. Confined to the context that made the instance.
 */
public interface Cache {

  /** The entry under {@code key}, fresh or stale. */
  Future<Lookup> lookup(Key key);

  /**
   * Whether something is stored under {@code key}, without counting as a look-up. What is stored
   * may still be of no use: {@link #lookup} tells.
   */
  default Future<Boolean> holds(Key key) {
    return lookup(key).map(Lookup.Hit.class::isInstance);
  }

  /**
   * Stores {@code entry} for its {@link Entry#retention}.
   *
   * @return whether the store took it
   */
  Future<Boolean> keep(Key key, Entry entry);

  /**
   * Removes the entry under {@code key}.
   *
   * @return whether the store answered
   */
  Future<Boolean> remove(Key key);

  /**
   * The purges known here. {@link #lookup} and {@link #keep} heed them for the entry itself; who
   * keeps several answers in one entry asks for each.
   */
  default PurgeLedger purges() {
    return PurgeLedger.EMPTY;
  }

  /** Whether entries are kept in this process, so that an answer may wait until one is. */
  default boolean keepsHere() {
    return false;
  }

  /** Counters of the store, {@link Stats#ZERO} when it does not answer. */
  Future<Stats> stats();

  /** Whether the store answers. */
  Future<Boolean> ping();
}
