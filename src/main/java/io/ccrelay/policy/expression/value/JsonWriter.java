package io.ccrelay.policy.expression.value;

import java.math.BigDecimal;
import java.util.Base64;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Writes tokens as Newtonsoft.Json does. Confined to one context. */
final class JsonWriter {

  private static final int DEEPEST = 512;

  private final StringBuilder out;
  private final boolean indented;
  private int level;

  JsonWriter(StringBuilder out, boolean indented) {
    this.out = out;
    this.indented = indented;
  }

  void write(JToken token) {
    switch (token) {
      case JObject object -> sequence('{', object.properties().iterator(), '}');
      case JArray array -> sequence('[', array.items().iterator(), ']');
      case JProperty property -> {
        string(property.name());
        out.append(indented ? ": " : ":");
        write(property.value());
      }
      case JValue value -> value(value.value());
    }
  }

  private void sequence(char opening, Iterator<? extends JToken> items, char closing) {
    out.append(opening);
    if (items.hasNext()) {
      if (++level > DEEPEST) {
        throw new ClrException("JsonWriterException", "The tree is deeper than " + DEEPEST + ".");
      }
      while (items.hasNext()) {
        newLine();
        write(items.next());
        if (items.hasNext()) {
          out.append(',');
        }
      }
      level--;
      newLine();
    }
    out.append(closing);
  }

  private void newLine() {
    if (indented) {
      out.append('\n').repeat("  ", level);
    }
  }

  private void value(@Nullable Object value) {
    switch (value) {
      case null -> out.append("null");
      case Boolean truth -> out.append(truth.booleanValue());
      case Double number -> out.append(withPoint(Text.of(number)));
      case BigDecimal number -> out.append(withPoint(number.toPlainString()));
      case Number number -> out.append(number);
      case DateTime date -> string(date.toIso());
      case DateTimeOffset date -> string(date.toIso());
      case byte[] bytes -> string(Base64.getEncoder().encodeToString(bytes));
      default -> string(Text.of(value));
    }
  }

  /** A number that is not whole shows that it is not; NaN and the infinities are texts. */
  private static String withPoint(String number) {
    boolean digits = !number.isEmpty() && Character.isDigit(number.charAt(number.length() - 1));
    if (!digits) {
      return '"' + number + '"';
    }
    return number.indexOf('.') >= 0 || number.indexOf('E') >= 0 ? number : number + ".0";
  }

  void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      escaped(text.charAt(i));
    }
    out.append('"');
  }

  private void escaped(char c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      default -> {
        if (c < ' ' || c == '\u0085' || c == '\u2028' || c == '\u2029') {
          out.append("\\u").append(String.format("%04x", (int) c));
        } else {
          out.append(c);
        }
      }
    }
  }
}
