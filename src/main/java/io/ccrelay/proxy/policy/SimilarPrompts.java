package io.ccrelay.proxy.policy;

import io.ccrelay.cache.Key;
import io.ccrelay.policy.run.Prompt;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds the entry that answers a prompt much like another. Safe for use from any context. No future
 * of it fails: what goes wrong is a miss.
 */
public interface SimilarPrompts {

  /** Nothing is similar to anything. */
  SimilarPrompts NONE =
      new SimilarPrompts() {
        @Override
        public Future<Optional<Key>> nearest(Prompt prompt, double maxDistance) {
          return Future.succeededFuture(Optional.empty());
        }

        @Override
        public Future<Boolean> remember(Prompt prompt, Key entry, Instant until) {
          return Future.succeededFuture(false);
        }

        @Override
        public void forget(Prompt prompt, Key entry) {}
      };

  /**
   * The entry of the nearest prompt of the same partition.
   *
   * @param maxDistance one minus the cosine, from 0 to 1
   */
  Future<Optional<Key>> nearest(Prompt prompt, double maxDistance);

  /** Remembers that {@code entry} answers {@code prompt}; whether it will be found. */
  Future<Boolean> remember(Prompt prompt, Key entry, Instant until);

  /** {@code entry}, found for {@code prompt}, is gone. */
  void forget(Prompt prompt, Key entry);
}
