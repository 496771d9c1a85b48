package io.ccrelay.proxy.api;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Key;
import io.ccrelay.http.Variant;
import java.util.List;

/**
 * A stored response and where its content is. Immutable.
 *
 * @param variant the response
 * @param content its content
 */
record Held(Variant variant, Content content) {

  /** Where content is. */
  sealed interface Content {

    /** Beside the response: small ones cost no look-up of their own. */
    record Inline(Bytes bytes) implements Content {}

    /** Under a key of its own. */
    record Apart(Key key) implements Content {}
  }

  /** The same content under a response whose fields or times have changed. */
  Held with(Variant changed) {
    return new Held(changed, content);
  }

  /** The responses of {@code held}. */
  static List<Variant> variants(List<Held> held) {
    return held.stream().map(Held::variant).toList();
  }
}
