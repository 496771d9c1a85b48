package io.ccrelay.policy.expression.value;

import java.util.HashMap;
import java.util.Map;

/** Writes XML as .NET does: two blanks for each depth where an element holds no text. */
public final class XWriter {

  private final StringBuilder out = new StringBuilder();
  private final boolean indented;
  private int made;

  private XWriter(boolean indented) {
    this.indented = indented;
  }

  /** {@code node} as XML. */
  public static String write(XNode node, boolean indented) {
    var writer = new XWriter(indented);
    Map<String, String> prefixes = new HashMap<>();
    prefixes.put("http://www.w3.org/XML/1998/namespace", "xml");
    prefixes.put("", "");
    if (node instanceof XDocument document) {
      boolean first = true;
      for (XNode child : document.nodes) {
        writer.line(first ? -1 : 0);
        writer.node(child, 0, prefixes);
        first = false;
      }
    } else {
      writer.node(node, 0, prefixes);
    }
    return writer.out.toString();
  }

  private void node(XNode node, int depth, Map<String, String> prefixes) {
    switch (node) {
      case XElement element -> element(element, depth, prefixes);
      case XText text when text.isSection() ->
          out.append("<![CDATA[")
              .append(text.value().replace("]]>", "]]]]><![CDATA[>"))
              .append("]]>");
      case XText text -> out.append(escaped(text.value(), false));
      case XComment comment -> out.append("<!--").append(comment.value()).append("-->");
      case XDocument document -> document.nodes.forEach(child -> node(child, depth, prefixes));
    }
  }

  private void element(XElement element, int depth, Map<String, String> around) {
    Map<String, String> prefixes = new HashMap<>(around);
    String declarations = declarations(element, prefixes);
    String name = qualified(element.name(), prefixes);
    out.append('<').append(name).append(declarations);
    for (XAttribute attribute : element.attributes()) {
      attribute(attribute, prefixes);
    }
    if (element.nodes.isEmpty()) {
      out.append(" />");
      return;
    }
    out.append('>');
    boolean lines = indented && element.nodes.stream().noneMatch(XText.class::isInstance);
    for (XNode child : element.nodes) {
      line(lines ? depth + 1 : -1);
      node(child, depth + 1, prefixes);
    }
    line(lines ? depth : -1);
    out.append("</").append(name).append('>');
  }

  /** What the element declares itself, and a default namespace if its own is not declared. */
  private static String declarations(XElement element, Map<String, String> prefixes) {
    boolean plain = false;
    for (XAttribute attribute : element.attributes()) {
      if (attribute.isDeclaration()) {
        boolean ofAll = attribute.name().namespace().isEmpty();
        plain |= ofAll;
        prefixes.values().removeIf(known -> ofAll && known.isEmpty());
        prefixes.put(attribute.value(), ofAll ? "" : attribute.name().local());
      }
    }
    String own = element.name().namespace();
    if (plain || prefixes.containsKey(own)) {
      return "";
    }
    prefixes.values().removeIf(String::isEmpty);
    prefixes.put(own, "");
    return " xmlns=\"" + escaped(own, true) + "\"";
  }

  private static String qualified(XName name, Map<String, String> prefixes) {
    String prefix = prefixes.getOrDefault(name.namespace(), "");
    return prefix.isEmpty() ? name.local() : prefix + ":" + name.local();
  }

  private void attribute(XAttribute attribute, Map<String, String> prefixes) {
    XName name = attribute.name();
    if (attribute.isDeclaration() || name.namespace().isEmpty()) {
      out.append(' ').append(attribute);
      return;
    }
    String prefix = prefixes.getOrDefault(name.namespace(), "");
    if (prefix.isEmpty()) {
      prefix = "p" + ++made;
      prefixes.put(name.namespace(), prefix);
      out.append(" xmlns:").append(prefix).append("=\"");
      out.append(escaped(name.namespace(), true)).append('"');
    }
    out.append(' ').append(prefix).append(':').append(attribute);
  }

  private void line(int depth) {
    if (indented && depth >= 0) {
      out.append('\n').append("  ".repeat(depth));
    }
  }

  static String escaped(String text, boolean quoted) {
    var escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append(quoted ? "&quot;" : "\"");
        default -> escaped.append(c < ' ' && "\t\n\r".indexOf(c) < 0 ? ' ' : c);
      }
    }
    return escaped.toString();
  }
}
