package io.ccrelay.llm.sse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.ccrelay.cache.Bytes;
import io.ccrelay.llm.sse.Json.Verbatim;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * Reads JSON documents. A name twice in one object, anything after the document, nesting or sizes
 * beyond Jackson's limits are refused like broken JSON: by an empty result.
 */
final class JsonReader {

  /** Names come from providers and models: they are not interned. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

  private JsonReader() {}

  /** The document in {@code json}. */
  static Optional<Json> read(Bytes json) {
    return json.lend((array, offset, size) -> {
      try (var parser = FACTORY.createParser(array, offset, size)) {
        return Optional.of(document(parser));
      } catch (IOException broken) {
        return Optional.empty();
      }
    });
  }

  /** The object in {@code json}, empty for any other document. */
  static Optional<Json.Obj> readObject(Bytes json) {
    return read(json)
        .flatMap(value -> value instanceof Json.Obj o ? Optional.of(o) : Optional.empty());
  }

  /** A range of bytes. */
  record Span(int from, int to) {}

  /** Where the value of a member of the object in {@code json} lies; the first of that name. */
  static Optional<Span> member(Bytes json, String name) {
    return json.lend((array, offset, size) -> {
      try (var parser = FACTORY.createParser(array, offset, size)) {
        return member(parser, name);
      } catch (IOException broken) {
        return Optional.empty();
      }
    });
  }

  private static Optional<Span> member(JsonParser parser, String name) throws IOException {
    parser.nextToken();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean found = parser.currentName().equals(name);
      parser.nextToken();
      int from = (int) parser.currentTokenLocation().getByteOffset();
      parser.skipChildren();
      if (found) {
        parser.finishToken();
        return Optional.of(new Span(from, (int) parser.currentLocation().getByteOffset()));
      }
    }
    return Optional.empty();
  }

  /** Whether {@code json} is one document. */
  static boolean isValid(String json) {
    try (var parser = FACTORY.createParser(json)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (IOException broken) {
      return false;
    }
  }

  private static Json document(JsonParser parser) throws IOException {
    parser.nextToken();
    var value = value(parser);
    if (parser.nextToken() != null) {
      throw new IOException("more than one document");
    }
    return value;
  }

  private static Json value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> new Json.Text(parser.getText());
      case VALUE_NULL -> Verbatim.NULL;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
          new Json.Verbatim(parser.getText());
      case null, default -> throw new IOException("no value");
    };
  }

  private static Json object(JsonParser parser) throws IOException {
    var members = new LinkedHashMap<String, Json>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      if (members.put(name, value(parser)) != null) {
        throw new IOException("a name twice");
      }
    }
    return new Json.Obj(members);
  }

  private static Json array(JsonParser parser) throws IOException {
    var items = new ArrayList<Json>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    return new Json.Arr(items);
  }
}
