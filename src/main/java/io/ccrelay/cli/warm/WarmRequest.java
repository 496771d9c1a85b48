package io.ccrelay.cli.warm;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One line of a file of requests.
 *
 * @param path where to, such as {@code /v1/messages}
 * @param headers its fields
 * @param body its content
 */
record WarmRequest(String path, Map<String, String> headers, Buffer body) {

  /**
   * Reads {@code {"path", "headers", "body"}}; a body that is a string is sent as it stands, any
   * other as JSON.
   *
   * @throws IllegalArgumentException saying what is wrong with {@code line}
   */
  static WarmRequest parse(String line) {
    JsonObject object = object(line);
    if (!(object.getValue("path") instanceof String path) || !path.startsWith("/")) {
      throw new IllegalArgumentException("path: expected a text that begins with /");
    }
    if (!(object.getValue("headers", new JsonObject()) instanceof JsonObject headers)) {
      throw new IllegalArgumentException("headers: expected an object of texts");
    }
    if (!object.containsKey("body")) {
      throw new IllegalArgumentException("body: is missing");
    }
    var fields = new LinkedHashMap<String, String>();
    headers.forEach(it -> fields.put(it.getKey(), String.valueOf(it.getValue())));
    return new WarmRequest(path, fields, content(object.getValue("body")));
  }

  private static Buffer content(Object body) {
    return body instanceof String exact ? Buffer.buffer(exact) : Json.encodeToBuffer(body);
  }

  private static JsonObject object(String line) {
    try {
      return new JsonObject(line);
    } catch (DecodeException | ClassCastException notAnObject) {
      throw new IllegalArgumentException("expected a JSON object", notAnObject);
    }
  }
}
