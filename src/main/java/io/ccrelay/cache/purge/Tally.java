package io.ccrelay.cache.purge;

import java.util.concurrent.atomic.LongAdder;

/** What a purge has found and freed so far. Safe for use from any context. */
final class Tally {

  private final LongAdder matched = new LongAdder();
  private final LongAdder removed = new LongAdder();

  void matched() {
    matched.increment();
  }

  void removed(long entries) {
    removed.add(entries);
  }

  /** The numbers now; {@code complete} says whether they are the last. */
  Swept swept(boolean complete) {
    return new Swept(matched.sum(), Math.min(removed.sum(), matched.sum()), complete);
  }
}
