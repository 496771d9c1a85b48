package io.ccrelay.admin;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Usage;
import io.ccrelay.http.Field;
import io.ccrelay.http.Fields;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A line of an export: a whole entry as a JSON object. Immutable.
 *
 * <p>Instants are of RFC 3339, durations of ISO 8601; the content is {@code body} where it is text,
 * else {@code bodyBase64} (RFC 4648 section 4).
 *
 * @param key where the entry is
 * @param entry the entry
 */
record EntryLine(Key key, Entry entry) {

  /** Longest lifetime of an entry, so that sums of times cannot overflow. */
  private static final Duration LONGEST = Duration.ofDays(3650);

  private static final int LONGEST_KEY = 256;

  String encode() {
    return json().encode();
  }

  JsonObject json() {
    var object =
        new JsonObject()
            .put("key", key.hex())
            .put("status", entry.status())
            .put("form", entry.form().name().toLowerCase(Locale.ROOT))
            .put("askedAt", entry.askedAt().toString())
            .put("storedAt", entry.storedAt().toString())
            .put("freshFor", entry.freshFor().toString())
            .put("staleFor", entry.staleFor().toString())
            .put("fields", fields(entry.fields()))
            .put("tags", new JsonArray(entry.tags()))
            .put("attributes", new JsonObject(Map.copyOf(entry.attributes())))
            .put("inputTokens", entry.usage().inputTokens())
            .put("outputTokens", entry.usage().outputTokens());
    String text = entry.body().toUtf8();
    boolean isText = Bytes.utf8(text).equals(entry.body());
    return isText
        ? object.put("body", text)
        : object.put("bodyBase64", Base64.getEncoder().encodeToString(entry.body().toArray()));
  }

  /**
   * The line that {@link #encode} wrote.
   *
   * @throws IllegalArgumentException saying what is wrong with it, without its content
   */
  static EntryLine decode(Buffer line) {
    JsonObject object = LineOf.object(line);
    return new EntryLine(key(object), entry(object));
  }

  private static Key key(JsonObject object) {
    String hex = LineOf.text(object, "key");
    if (hex.isEmpty() || hex.length() > 2 * LONGEST_KEY) {
      throw new IllegalArgumentException("key: expected 1 to " + LONGEST_KEY + " bytes");
    }
    try {
      return Key.ofHex(hex);
    } catch (IllegalArgumentException notHexadecimal) {
      throw new IllegalArgumentException("key: expected hexadecimal digits", notHexadecimal);
    }
  }

  private static Entry entry(JsonObject object) {
    return new Entry(
        (int) LineOf.number(object, "status", 200, 599),
        form(LineOf.text(object, "form")),
        instant(object, "storedAt"),
        duration(object, "freshFor"),
        duration(object, "staleFor"),
        fields(LineOf.array(object, "fields")),
        texts(LineOf.array(object, "tags")),
        attributes(LineOf.object(object, "attributes")),
        new Usage(
            LineOf.number(object, "inputTokens", 0, Long.MAX_VALUE / 4),
            LineOf.number(object, "outputTokens", 0, Long.MAX_VALUE / 4)),
        body(object),
        instant(object, "askedAt"));
  }

  private static Entry.Form form(String name) {
    for (var form : Entry.Form.values()) {
      if (form.name().toLowerCase(Locale.ROOT).equals(name)) {
        return form;
      }
    }
    throw new IllegalArgumentException("form: expected json, event_stream or opaque");
  }

  private static Instant instant(JsonObject object, String name) {
    try {
      return Instant.parse(LineOf.text(object, name));
    } catch (DateTimeParseException notSuch) {
      throw new IllegalArgumentException(
          name + ": expected a time as 2026-01-31T12:00:00Z", notSuch);
    }
  }

  private static Duration duration(JsonObject object, String name) {
    try {
      var duration = Duration.parse(LineOf.text(object, name));
      if (!duration.isNegative() && duration.compareTo(LONGEST) <= 0) {
        return duration;
      }
    } catch (DateTimeParseException notSuch) {
      throw new IllegalArgumentException(name + ": expected a duration as PT5M", notSuch);
    }
    throw new IllegalArgumentException(name + ": expected 0 to " + LONGEST.toDays() + " days");
  }

  private static JsonArray fields(Fields fields) {
    var lines = new JsonArray();
    fields.forEach(line -> lines.add(new JsonArray().add(line.name()).add(line.value())));
    return lines;
  }

  private static Fields fields(JsonArray lines) {
    var fields = new ArrayList<Field>();
    for (Object line : lines) {
      if (!(line instanceof JsonArray pair
          && pair.size() == 2
          && pair.getValue(0) instanceof String name
          && pair.getValue(1) instanceof String value)) {
        throw new IllegalArgumentException("fields: expected pairs of texts");
      }
      fields.add(LineOf.field(name, value));
    }
    return Fields.of(fields);
  }

  private static List<String> texts(JsonArray array) {
    var texts = new ArrayList<String>();
    for (Object one : array) {
      if (!(one instanceof String text)) {
        throw new IllegalArgumentException("tags: expected texts");
      }
      texts.add(text);
    }
    return texts;
  }

  private static Map<String, String> attributes(JsonObject object) {
    var attributes = new HashMap<String, String>();
    object.forEach(one -> {
      if (!(one.getValue() instanceof String text)) {
        throw new IllegalArgumentException("attributes: expected texts");
      }
      attributes.put(one.getKey(), text);
    });
    return attributes;
  }

  private static Bytes body(JsonObject object) {
    if (object.containsKey("body")) {
      return Bytes.utf8(LineOf.text(object, "body"));
    }
    try {
      return Bytes.owned(Base64.getDecoder().decode(LineOf.text(object, "bodyBase64")));
    } catch (IllegalArgumentException notSuch) {
      throw new IllegalArgumentException("body: expected body or bodyBase64", notSuch);
    }
  }
}
