package io.ccrelay.admin;

import io.ccrelay.http.Field;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;

/**
 * What a line of a file says under a name. Whatever is not as expected is an {@link
 * IllegalArgumentException} that names it and tells nothing of its content.
 */
final class LineOf {

  /** A token (RFC 9110 section 5.6.2). */
  private static final Pattern FIELD_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** Visible characters and blanks (RFC 9110 section 5.5). */
  private static final Pattern FIELD_VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");

  private LineOf() {}

  static JsonObject object(Buffer line) {
    try {
      return new JsonObject(line);
    } catch (DecodeException | ClassCastException notSuch) {
      throw new IllegalArgumentException("expected a JSON object", notSuch);
    }
  }

  static JsonObject object(JsonObject within, String name) {
    if (within.getValue(name, new JsonObject()) instanceof JsonObject object) {
      return object;
    }
    throw new IllegalArgumentException(name + ": expected an object");
  }

  static JsonArray array(JsonObject within, String name) {
    if (within.getValue(name, new JsonArray()) instanceof JsonArray array) {
      return array;
    }
    throw new IllegalArgumentException(name + ": expected an array");
  }

  static String text(JsonObject within, String name) {
    if (within.getValue(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(name + ": expected a text");
  }

  static long number(JsonObject within, String name, long least, long most) {
    if (within.getValue(name) instanceof Number number
        && number.doubleValue() == number.longValue()
        && number.longValue() >= least
        && number.longValue() <= most) {
      return number.longValue();
    }
    throw new IllegalArgumentException(name + ": expected a number from " + least + " to " + most);
  }

  static Field field(String name, String value) {
    if (!FIELD_NAME.matcher(name).matches() || !FIELD_VALUE.matcher(value).matches()) {
      throw new IllegalArgumentException("a field that HTTP does not allow");
    }
    return new Field(name, value);
  }
}
