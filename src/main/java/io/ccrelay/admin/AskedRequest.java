package io.ccrelay.admin;

import io.ccrelay.cache.Bytes;
import io.ccrelay.http.Field;
import io.ccrelay.http.Fields;
import io.ccrelay.llm.ExplainRequest;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;

/**
 * Reads a request that is told of as {@code {"path", "query", "headers", "body"}}, the body as JSON
 * or, where its exact bytes matter, as a string that holds them.
 */
final class AskedRequest {

  private AskedRequest() {}

  /**
   * The request in {@code object}.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static ExplainRequest read(JsonObject object) {
    String query = object.containsKey("query") ? LineOf.text(object, "query") : "";
    return new ExplainRequest(
        LineOf.text(object, "path"), query, fields(object), content(object.getValue("body")));
  }

  /** The fields under {@code headers}, an object of texts. */
  static Fields fields(JsonObject object) {
    var fields = new ArrayList<Field>();
    LineOf.object(object, "headers")
        .forEach(it -> fields.add(LineOf.field(it.getKey(), String.valueOf(it.getValue()))));
    return Fields.of(fields);
  }

  /** The bytes of {@code content}. */
  static Bytes content(@org.jspecify.annotations.Nullable Object content) {
    return Bytes.utf8(content instanceof String exact ? exact : Json.encode(content));
  }
}
