package io.ccrelay.policy.run;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Key;
import io.ccrelay.policy.expression.value.JToken;
import java.time.Instant;
import java.util.Optional;

/** Values that documents find although no document stored them. */
public final class Preset {

  private Preset() {}

  /** Where documents of {@code service} look for {@code key}. */
  public static Key key(String service, String key) {
    return Keys.of("value", service, key);
  }

  /** What they find there; empty for types that cannot be stored. */
  public static Optional<Bytes> value(Object value, Instant now) {
    return ValueFormat.encode(value, now);
  }

  /**
   * The same of a JSON text.
   *
   * @throws RuntimeException if it is none
   */
  public static Optional<Bytes> json(String text, Instant now) {
    return ValueFormat.encode(JToken.parse(text), now);
  }
}
