package io.ccrelay.cache;

/** What the relay learns from a look-up; never a failure. */
public sealed interface Lookup {

  /** A complete entry, fresh or stale. */
  record Hit(Entry entry) implements Lookup {}

  /** Nothing usable is stored. */
  record Miss() implements Lookup {}

  /** The cache did not answer: a miss with a reason. */
  record Unavailable(StoreUnavailableException.Reason reason) implements Lookup {}

  /** The one miss. */
  Lookup MISS = new Miss();
}
