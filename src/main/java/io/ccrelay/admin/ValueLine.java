package io.ccrelay.admin;

import io.ccrelay.admin.PolicyValues.Place;
import io.ccrelay.admin.PolicyValues.Value;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A line with a value that policy documents find under a key. */
final class ValueLine {

  private static final long LONGEST_SECONDS = 10L * 365 * 24 * 60 * 60;

  private ValueLine() {}

  /**
   * Reads {@code line}.
   *
   * @throws IllegalArgumentException naming what is wrong with it
   */
  static Value read(Buffer line) {
    JsonObject object = LineOf.object(line);
    if (!object.containsKey("value")) {
      throw new IllegalArgumentException("value: expected");
    }
    Object value = object.getValue("value");
    boolean structured = value instanceof JsonObject || value instanceof JsonArray;
    return new Value(
        LineOf.text(object, "key"),
        structured ? String.valueOf(value) : value,
        structured,
        Duration.ofSeconds(
            value == null ? 1 : LineOf.number(object, "duration", 1, LONGEST_SECONDS)),
        place(object.getValue("cache", "prefer-external")));
  }

  private static Place place(@Nullable Object name) {
    for (Place place : Place.values()) {
      if (place.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name)) {
        return place;
      }
    }
    throw new IllegalArgumentException("cache: expected internal, external or prefer-external");
  }
}
