package io.ccrelay.admin;

import io.ccrelay.cache.Entry;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;

/**
 * Which entries somebody wants to see. Immutable.
 *
 * @param model the model they are of, empty for any
 * @param tag a tag they have, empty for any
 */
record EntryFilter(String model, String tag) {

  /** What the query of {@code request} says in {@code model} and {@code tag}. */
  static EntryFilter of(HttpServerRequest request) {
    return new EntryFilter(
        Objects.requireNonNullElse(request.getParam("model"), ""),
        Objects.requireNonNullElse(request.getParam("tag"), ""));
  }

  /** Whether every entry is wanted. */
  boolean takesAll() {
    return model.isEmpty() && tag.isEmpty();
  }

  boolean takes(Entry entry) {
    return (model.isEmpty() || model.equals(entry.attributes().get("model")))
        && (tag.isEmpty() || entry.tags().contains(tag));
  }
}
