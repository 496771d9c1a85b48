package io.ccrelay.testing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.ccrelay.cache.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON as a value to compare: members in any order, strings by their characters, numbers by their
 * text.
 */
public final class JsonValue {

  private JsonValue() {}

  /** The value of {@code json}. */
  public static Object of(Bytes json) {
    try (var parser = new JsonFactory().createParser(json.toArray())) {
      parser.nextToken();
      return value(parser);
    } catch (IOException broken) {
      throw new UncheckedIOException(json.toUtf8(), broken);
    }
  }

  /** The value of {@code json}. */
  public static Object of(String json) {
    return of(Bytes.utf8(json));
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      default -> new Token(parser.getText());
    };
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    var members = new TreeMap<String, Object>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, value(parser));
    }
    return members;
  }

  private static List<Object> array(JsonParser parser) throws IOException {
    var items = new ArrayList<Object>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    return items;
  }

  private record Token(String text) {}
}
