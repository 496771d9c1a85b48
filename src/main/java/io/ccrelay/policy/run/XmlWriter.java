package io.ccrelay.policy.run;

import io.ccrelay.policy.expression.value.JArray;
import io.ccrelay.policy.expression.value.JObject;
import io.ccrelay.policy.expression.value.JToken;
import io.ccrelay.policy.expression.value.JValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * JSON as XML below one element {@code Document}: members become elements, items of an array
 * elements of the same name, members that begin with {@code @} attributes. Characters that names
 * cannot have are written as {@code _xHHHH_}.
 */
final class XmlWriter {

  private final StringBuilder out = new StringBuilder();
  private final String attributeBlock;

  private XmlWriter(String attributeBlock) {
    this.attributeBlock = attributeBlock;
  }

  /**
   * The XML of {@code json}.
   *
   * @param attributeBlock name of the member whose members are attributes, empty for none
   */
  static String of(String json, String attributeBlock) {
    var writer = new XmlWriter(attributeBlock);
    writer.element("Document", JToken.parse(json));
    return writer.out.toString();
  }

  private void element(String name, @Nullable JToken token) {
    if (token instanceof JArray array) {
      array.children().forEach(item -> element(name, item));
      return;
    }
    String written = name(name);
    out.append('<').append(written);
    if (token instanceof JObject object) {
      attributes(object);
      out.append('>');
      object
          .properties()
          .forEach(property -> {
            if (!isAttribute(property.name())) {
              element(property.name(), property.value());
            }
          });
    } else {
      out.append('>').append(escaped(text(token)));
    }
    out.append("</").append(written).append('>');
  }

  private boolean isAttribute(String name) {
    return name.startsWith("@") || (!attributeBlock.isEmpty() && name.equals(attributeBlock));
  }

  private void attributes(JObject object) {
    object
        .properties()
        .forEach(property -> {
          if (property.name().startsWith("@")) {
            attribute(property.name().substring(1), property.value());
          } else if (isAttribute(property.name()) && property.value() instanceof JObject block) {
            block.properties().forEach(each -> attribute(each.name(), each.value()));
          }
        });
  }

  private void attribute(String name, @Nullable JToken value) {
    out.append(' ').append(name(name)).append("=\"").append(escaped(text(value))).append('"');
  }

  private static String text(@Nullable JToken token) {
    if (!(token instanceof JValue value) || value.value() == null) {
      return "";
    }
    return value.value() instanceof Boolean flag
        ? flag.toString().toLowerCase(Locale.ROOT)
        : value.toString();
  }

  private static String name(String text) {
    var name = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean inner = Character.isDigit(c) || c == '-' || c == '.';
      if (Character.isLetter(c) || c == '_' || (inner && i > 0)) {
        name.append(c);
      } else {
        name.append(String.format("_x%04X_", (int) c));
      }
    }
    return name.isEmpty() ? "_" : name.toString();
  }

  /** Control characters have no place in XML 1.0. */
  private static String escaped(String text) {
    var escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        default -> escaped.append(c < ' ' && c != '\t' && c != '\n' && c != '\r' ? ' ' : c);
      }
    }
    return escaped.toString();
  }
}
