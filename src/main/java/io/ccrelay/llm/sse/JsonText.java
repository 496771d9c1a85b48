package io.ccrelay.llm.sse;

import io.ccrelay.llm.sse.Json.Arr;
import io.ccrelay.llm.sse.Json.Obj;
import io.ccrelay.llm.sse.Json.Text;
import io.ccrelay.llm.sse.Json.Verbatim;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Writes JSON without spaces. A surrogate without its partner is written as an escape: a piece of
 * text cut by a provider stays what it was. Confined to one call.
 */
final class JsonText {

  private static final HexFormat HEX = HexFormat.of();

  private final StringBuilder out = new StringBuilder();

  private JsonText() {}

  /** The text of {@code value}. */
  static String of(Json value) {
    var text = new JsonText();
    text.write(value);
    return text.out.toString();
  }

  private void write(Json value) {
    switch (value) {
      case Verbatim(String json) -> out.append(json);
      case Text text -> string(text.value());
      case Arr(List<Json> items) -> array(items);
      case Obj(Map<String, Json> members) -> object(members);
    }
  }

  private void array(List<Json> items) {
    out.append('[');
    String comma = "";
    for (var item : items) {
      out.append(comma);
      write(item);
      comma = ",";
    }
    out.append(']');
  }

  private void object(Map<String, Json> members) {
    out.append('{');
    String comma = "";
    for (var member : members.entrySet()) {
      out.append(comma);
      string(member.getKey());
      out.append(':');
      write(member.getValue());
      comma = ",";
    }
    out.append('}');
  }

  private void string(String value) {
    out.append('"');
    int copied = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\' || c < ' ' || isLoneSurrogate(value, i)) {
        out.append(value, copied, i);
        escape(c);
        copied = i + 1;
      }
    }
    out.append(value, copied, value.length()).append('"');
  }

  private void escape(char c) {
    switch (c) {
      case '"', '\\' -> out.append('\\').append(c);
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> out.append("\\u").append(HEX.toHexDigits(c));
    }
  }

  private static boolean isLoneSurrogate(String value, int i) {
    char c = value.charAt(i);
    if (!Character.isSurrogate(c)) {
      return false;
    }
    return Character.isHighSurrogate(c)
        ? i + 1 == value.length() || !Character.isLowSurrogate(value.charAt(i + 1))
        : i == 0 || !Character.isHighSurrogate(value.charAt(i - 1));
  }
}
