package io.ccrelay.admin;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What policy documents keep, filled and emptied from outside. Confined to one context. */
public interface PolicyValues {

  /** Where nothing can be kept. */
  PolicyValues NONE =
      new PolicyValues() {
        @Override
        public Future<String> put(Value value) {
          return Future.succeededFuture("no-cache");
        }

        @Override
        public Optional<Future<Long>> emptyExternal(boolean countOnly) {
          return Optional.empty();
        }
      };

  /** Which cache a value is in. */
  enum Place {
    /** The relay's own. */
    INTERNAL,
    /** The external one. */
    EXTERNAL,
    /** The external one, the relay's own if there is none. */
    PREFER_EXTERNAL
  }

  /**
   * A value under a key of documents.
   *
   * @param value a text, number, truth value or JSON text of an object or array; {@code null}: none
   *     any more
   * @param structured whether {@code value} is JSON text
   */
  record Value(
      String key, @Nullable Object value, boolean structured, Duration duration, Place place) {}

  /** Stores or removes; the answer is empty, or a token that says why it did not. */
  Future<String> put(Value value);

  /**
   * Removes all that documents keep in the external cache, or only counts it: how much. Empty if
   * there is no external cache.
   */
  Optional<Future<Long>> emptyExternal(boolean countOnly);
}
