package io.ccrelay.admin;

import io.ccrelay.cache.Entry;
import io.ccrelay.cache.Key;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;

/** What may be told about an entry: everything but its content, its fields and its scope. */
final class EntryReport {

  private EntryReport() {}

  static JsonObject of(Key key, Entry entry, Instant now) {
    return new JsonObject()
        .put("key", key.hex())
        .put("status", entry.status())
        .put("form", entry.form().name().toLowerCase(Locale.ROOT))
        .put("storedAt", entry.storedAt().toString())
        .put("ageSeconds", entry.age(now).toSeconds())
        .put("ttlSeconds", entry.ttl(now).toSeconds())
        .put("fresh", entry.isFresh(now))
        .put("model", entry.attributes().getOrDefault("model", ""))
        .put("provider", entry.attributes().getOrDefault("provider", ""))
        .put("tags", new JsonArray(entry.tags()))
        .put(
            "usage",
            new JsonObject()
                .put("inputTokens", entry.usage().inputTokens())
                .put("outputTokens", entry.usage().outputTokens()))
        .put("bytes", entry.body().size());
  }
}
