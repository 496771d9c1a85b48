package io.ccrelay.policy.run;

import io.ccrelay.policy.expression.value.DateTime;
import io.ccrelay.policy.expression.value.DateTimeOffset;
import io.ccrelay.policy.expression.value.JArray;
import io.ccrelay.policy.expression.value.JObject;
import io.ccrelay.policy.expression.value.JProperty;
import io.ccrelay.policy.expression.value.JToken;
import io.ccrelay.policy.expression.value.JValue;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JSON as XML below one element {@code Document}: members become elements, items of an array
 * elements of the same name, members that begin with {@code @} attributes. Characters that names
 * cannot have are written as {@code _xHHHH_}.
 */
final class XmlWriter {

  private final StringBuilder out = new StringBuilder();
  private final Style style;
  private Set<String> declared = Set.of();

  /**
   * How members become attributes and names get prefixes.
   *
   * @param attributeBlock name of the member whose members are attributes, empty for none
   * @param namespacePrefix how members begin that declare a namespace, {@code xmlns}
   * @param namespaceSeparator what stands between a declared prefix and the rest of a name
   * @param parseDate whether dates are written in one form, or as they stand
   */
  record Style(
      String attributeBlock,
      String namespacePrefix,
      String namespaceSeparator,
      boolean parseDate) {}

  private XmlWriter(Style style) {
    this.style = style;
  }

  /**
   * The XML of {@code json}.
   *
   * <p>The first element is {@code Document}.
   */
  static String of(String json, Style style) {
    var writer = new XmlWriter(style);
    writer.element("Document", JToken.parse(json, style.parseDate()));
    return writer.out.toString();
  }

  private void element(String name, @Nullable JToken token) {
    if (token instanceof JArray array) {
      array.children().forEach(item -> element(name, item));
      return;
    }
    Set<String> around = declared;
    declared = declarations(token);
    String written = qualified(name);
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
    declared = around;
  }

  /** The prefixes that hold inside an element with {@code token}. */
  private Set<String> declarations(@Nullable JToken token) {
    if (!(token instanceof JObject object)) {
      return declared;
    }
    var all = new HashSet<>(declared);
    object.properties().stream()
        .map(JProperty::name)
        .filter(this::declares)
        .map(this::prefix)
        .forEach(all::add);
    return all;
  }

  private boolean declares(String member) {
    String prefix = style.namespacePrefix();
    return !prefix.isEmpty()
        && (member.equals(prefix) || member.startsWith(prefix + style.namespaceSeparator()));
  }

  /** The prefix that {@code member} declares, empty for the default namespace. */
  private String prefix(String member) {
    int from = style.namespacePrefix().length() + style.namespaceSeparator().length();
    return member.length() > from ? member.substring(from) : "";
  }

  /** The name with a colon behind a declared prefix. */
  private String qualified(String name) {
    String separator = style.namespaceSeparator();
    int end = separator.isEmpty() ? -1 : name.indexOf(separator);
    boolean prefixed = end > 0 && declared.contains(name.substring(0, end));
    return prefixed
        ? name(name.substring(0, end)) + ":" + name(name.substring(end + separator.length()))
        : name(name);
  }

  private boolean isAttribute(String name) {
    String block = style.attributeBlock();
    return name.startsWith("@") || (!block.isEmpty() && name.equals(block)) || declares(name);
  }

  private void attributes(JObject object) {
    object
        .properties()
        .forEach(property -> {
          if (declares(property.name())) {
            String prefix = prefix(property.name());
            attribute(prefix.isEmpty() ? "xmlns" : "xmlns:" + name(prefix), property.value());
          } else if (property.name().startsWith("@")) {
            attribute(qualified(property.name().substring(1)), property.value());
          } else if (isAttribute(property.name()) && property.value() instanceof JObject block) {
            block.properties().forEach(each -> attribute(qualified(each.name()), each.value()));
          }
        });
  }

  private void attribute(String name, @Nullable JToken value) {
    out.append(' ').append(name).append("=\"").append(escaped(text(value))).append('"');
  }

  private static String text(@Nullable JToken token) {
    if (!(token instanceof JValue value) || value.value() == null) {
      return "";
    }
    return switch (value.value()) {
      case Boolean flag -> flag.toString().toLowerCase(Locale.ROOT);
      case DateTime date -> date.toIso();
      case DateTimeOffset date -> date.toIso();
      default -> value.toString();
    };
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
