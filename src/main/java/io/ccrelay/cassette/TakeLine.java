package io.ccrelay.cassette;

import io.ccrelay.cache.Bytes;
import io.ccrelay.http.Field;
import io.ccrelay.http.Fields;
import io.ccrelay.llm.Recipe;
import io.ccrelay.llm.Route;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Takes as lines of JSON: {@code {"request": {"path", "query", "headers", "body"}, "answer":
 * {"status", "headers", "body"}}}. A content that is JSON stands as such where that changes
 * nothing, any other text as a string, the rest under {@code bodyBase64}. No key stands there:
 * lines can be written and changed by hand.
 */
final class TakeLine {

  private TakeLine() {}

  /** The line of {@code take}, its end included. */
  static String encode(Take take, Recipe recipe) {
    Question question = take.question();
    var request =
        new JsonObject()
            .put("path", question.route().path())
            .put("query", question.query())
            .put("headers", headers(question.fields()));
    asked(request, question, recipe);
    var answer =
        new JsonObject().put("status", take.status()).put("headers", headers(take.fields()));
    content(answer, take.body());
    return new JsonObject().put("request", request).put("answer", answer).encode() + "\n";
  }

  /** As JSON if that asks the same, however it was written. */
  private static void asked(JsonObject into, Question question, Recipe recipe) {
    Object json = json(question.body());
    if (json != null) {
      boolean same =
          Question.of(
                  question.route(),
                  question.route().path() + '?' + question.query(),
                  question.fields(),
                  Bytes.utf8(Json.encode(json)),
                  recipe)
              .filter(again -> again.key().equals(question.key()))
              .isPresent();
      if (same) {
        into.put("body", json);
        return;
      }
    }
    content(into, question.body());
  }

  private static void content(JsonObject into, Bytes body) {
    Object json = json(body);
    String text = body.toUtf8();
    if (json != null && Json.encode(json).equals(text)) {
      into.put("body", json);
    } else if (Bytes.utf8(text).equals(body)) {
      into.put("body", text);
    } else {
      into.put("bodyBase64", Base64.getEncoder().encodeToString(body.toArray()));
    }
  }

  private static @Nullable Object json(Bytes body) {
    try {
      return new JsonObject(body.toUtf8());
    } catch (DecodeException notAnObject) {
      return null;
    }
  }

  private static JsonObject headers(Fields fields) {
    var headers = new JsonObject();
    for (Field line : fields) {
      headers.put(line.name(), line.value());
    }
    return headers;
  }

  /**
   * The take in {@code line}.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static Take decode(String line, Recipe recipe) {
    try {
      var object = new JsonObject(line);
      JsonObject request = part(object, "request");
      JsonObject answer = part(object, "answer");
      String path = request.getString("path", "");
      Route route =
          Route.of("POST", path)
              .orElseThrow(() -> new IllegalArgumentException("request.path: no LLM path"));
      Question question =
          Question.of(
                  route,
                  path + '?' + request.getString("query", ""),
                  fields(part(request, "headers")),
                  content(request),
                  recipe)
              .orElseThrow(() -> new IllegalArgumentException("request.body: cannot be read"));
      int status = answer.getInteger("status", 200);
      if (status < 200 || status > 599) {
        throw new IllegalArgumentException("answer.status: expected 200 to 599");
      }
      return new Take(question, status, fields(part(answer, "headers")), content(answer));
    } catch (DecodeException | ClassCastException notSuch) {
      throw new IllegalArgumentException("expected request and answer as JSON objects", notSuch);
    }
  }

  private static JsonObject part(JsonObject object, String name) {
    if (object.getValue(name, new JsonObject()) instanceof JsonObject part) {
      return part;
    }
    throw new IllegalArgumentException(name + ": expected an object");
  }

  private static Fields fields(JsonObject headers) {
    var lines = new ArrayList<Field>();
    headers.forEach(it -> lines.add(new Field(it.getKey(), String.valueOf(it.getValue()))));
    return Fields.of(lines);
  }

  private static Bytes content(JsonObject part) {
    if (part.containsKey("bodyBase64")) {
      return Bytes.owned(Base64.getDecoder().decode(part.getString("bodyBase64")));
    }
    Object body = part.getValue("body", "");
    return body instanceof String text
        ? Bytes.utf8(text)
        : Bytes.owned(bytes(Json.encodeToBuffer(body)));
  }

  private static byte[] bytes(Buffer buffer) {
    return buffer.getBytes();
  }
}
