package io.ccrelay.policy;

import java.util.List;
import java.util.Optional;

/**
 * An element of a document, not yet understood.
 *
 * @param source the document (or fragment) it stands in
 * @param offset of its start tag
 * @param content its text without that of its children; empty if it is blank
 */
record Element(
    SourceText source,
    String name,
    int offset,
    List<Attribute> attributes,
    List<Element> children,
    Optional<Content> content) {

  Element {
    attributes = List.copyOf(attributes);
    children = List.copyOf(children);
  }

  /**
   * One attribute.
   *
   * @param offset of its name
   */
  record Attribute(String name, int offset, Content value) {}

  /**
   * A text that is either an expression or a literal.
   *
   * @param text an expression with its marker, nothing around it; or a literal, decoded
   * @param expression which of both
   * @param from begin in the document's text
   * @param to end in the document's text
   */
  record Content(String text, boolean expression, int from, int to) {}

  Optional<Attribute> attribute(String wanted) {
    return attributes.stream().filter(attribute -> attribute.name().equals(wanted)).findFirst();
  }
}
