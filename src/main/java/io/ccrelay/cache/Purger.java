package io.ccrelay.cache;

import io.vertx.core.Future;

/** Makes entries void. Safe for use from any context. */
public interface Purger {

  /**
   * Makes the entries of {@code selector} void. When the future completes no acknowledging member
   * serves them, whether or not their memory is freed yet. Ends within seconds.
   */
  Future<PurgeReport> purge(PurgeSelector selector);

  /** Counts what {@link #purge} would make void, and changes nothing. */
  Future<PurgeReport> count(PurgeSelector selector);
}
