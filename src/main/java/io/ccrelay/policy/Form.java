package io.ccrelay.policy;

import io.ccrelay.policy.Element.Attribute;
import io.ccrelay.policy.Element.Content;
import io.ccrelay.policy.expression.SourcePosition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Typed access to one element. What is missing or wrong is reported with its place and reads as
 * something harmless. Asking for an attribute or a child makes it known: {@link #finish} judges the
 * others. Confined to one thread.
 */
final class Form {

  /** Allowed on every policy. */
  private static final String ID = "id";

  private final Element element;
  private final Place place;
  private final Binder binder;
  private final Set<String> knownAttributes = new LinkedHashSet<>();
  private final Set<String> knownChildren = new LinkedHashSet<>();
  private boolean readsContent;
  private boolean readsStatements;

  Form(Element element, Place place, Binder binder) {
    this.element = element;
    this.place = place;
    this.binder = binder;
    knownAttributes.add(ID);
  }

  Place place() {
    return place;
  }

  String name() {
    return element.name();
  }

  boolean has(String attribute) {
    return element.attribute(attribute).isPresent();
  }

  /** The required value of {@code attribute}, which may be an expression. */
  <T> PolicyValue<T> value(String attribute, Kind<T> kind) {
    return optional(attribute, kind).orElseGet(() -> missing(attribute, kind));
  }

  /** The value of {@code attribute}, which may be an expression. */
  <T> PolicyValue<T> value(String attribute, Kind<T> kind, T fallback) {
    return optional(attribute, kind).orElseGet(() -> kind.literal(fallback));
  }

  /** The value of {@code attribute}, which may be an expression; empty if it is absent. */
  <T> Optional<PolicyValue<T>> optional(String attribute, Kind<T> kind) {
    knownAttributes.add(attribute);
    return element
        .attribute(attribute)
        .map(one -> binder.values().of(element, one.value(), kind, subject(attribute)));
  }

  /** The required value of {@code attribute}, which may be no expression. */
  <T> T literal(String attribute, Kind<T> kind) {
    if (!has(attribute)) {
      var _ = missing(attribute, kind);
    }
    return optionalLiteral(attribute, kind).orElse(kind.fill());
  }

  /** The value of {@code attribute}, which may be no expression. */
  <T> T literal(String attribute, Kind<T> kind, T fallback) {
    return optionalLiteral(attribute, kind).orElse(fallback);
  }

  /** The value of {@code attribute}, which may be no expression; empty if it is absent or wrong. */
  <T> Optional<T> optionalLiteral(String attribute, Kind<T> kind) {
    knownAttributes.add(attribute);
    return element
        .attribute(attribute)
        .flatMap(one -> binder.values().literal(element, one.value(), kind, subject(attribute)));
  }

  /** Accepts {@code attributes} that have no effect. */
  void ignore(String... attributes) {
    knownAttributes.addAll(List.of(attributes));
  }

  /** The required text of the element, which may be an expression. */
  <T> PolicyValue<T> content(Kind<T> kind) {
    return optionalContent(kind)
        .orElseGet(() -> {
          problem("has no text (expected: " + kind.expected() + ")");
          return kind.literal(kind.fill());
        });
  }

  /** The text of the element, which may be an expression; empty if it has none. */
  <T> Optional<PolicyValue<T>> optionalContent(Kind<T> kind) {
    readsContent = true;
    return element
        .content()
        .map(content -> binder.values().of(element, content, kind, element.name()));
  }

  /** The required text of the element, which may be no expression. */
  <T> T literalContent(Kind<T> kind) {
    readsContent = true;
    Optional<Content> content = element.content();
    if (content.isEmpty()) {
      problem("has no text (expected: " + kind.expected() + ")");
    }
    return content
        .flatMap(one -> binder.values().literal(element, one, kind, element.name()))
        .orElse(kind.fill());
  }

  /** The children named {@code name}, in the order of the document. Each must be finished. */
  List<Form> children(String name) {
    knownChildren.add(name);
    var forms = new ArrayList<Form>();
    for (Element child : element.children()) {
      if (child.name().equals(name)) {
        String path = place.path() + "/" + name + "[" + (forms.size() + 1) + "]";
        forms.add(new Form(child, binder.place(child, place, path), binder));
      }
    }
    return forms;
  }

  /** Refuses children named {@code name}, or skips them with a warning, as unknown policies are. */
  void unsupported(String name, String reason) {
    knownChildren.add(name);
    element.children().stream()
        .filter(child -> child.name().equals(name))
        .forEach(child -> binder.unsupported(child, element.name() + "/" + name, reason));
  }

  /** The child named {@code name}, of which there may be one. It must be finished. */
  Optional<Form> child(String name) {
    List<Form> forms = children(name);
    if (forms.size() > 1) {
      forms.get(1).problem("stands more than once in " + element.name());
    }
    return forms.stream().findFirst();
  }

  /** The texts of the children named {@code name}. */
  List<PolicyValue<String>> texts(String name) {
    var texts = new ArrayList<PolicyValue<String>>();
    for (Form child : children(name)) {
      texts.add(child.content(Kind.TRIMMED));
      child.finish();
    }
    return texts;
  }

  /** The texts of the children of the child named {@code group}. */
  List<PolicyValue<String>> texts(String group, String name) {
    return child(group)
        .map(form -> {
          List<PolicyValue<String>> texts = form.texts(name);
          form.finish();
          return texts;
        })
        .orElse(List.of());
  }

  /** All children that are not otherwise known, as statements. Ask for the known ones first. */
  List<Policy> statements() {
    readsStatements = true;
    List<Element> rest =
        element.children().stream().filter(child -> !knownChildren.contains(child.name())).toList();
    return binder.statements(rest, place, place.path() + "/");
  }

  /** Reports what is wrong with the whole element. */
  void problem(String message) {
    binder.findings().error(position(element.offset()), element.name() + ": " + message);
  }

  /** Reports what is wrong with {@code attribute}. */
  void problem(String attribute, String message) {
    int offset = element.attribute(attribute).map(Attribute::offset).orElse(element.offset());
    binder.findings().error(position(offset), subject(attribute) + " " + message);
  }

  /** Reports attributes, children and texts nobody asked for. */
  void finish() {
    for (Attribute attribute : element.attributes()) {
      String name = attribute.name();
      boolean namespace = name.equals("xmlns") || name.startsWith("xmlns:");
      if (!namespace && !knownAttributes.contains(name)) {
        unknown(attribute.offset(), "attribute", name, knownAttributes);
      }
    }
    if (!readsStatements) {
      for (Element child : element.children()) {
        if (!knownChildren.contains(child.name())) {
          unknown(child.offset(), "element", child.name(), knownChildren);
        }
      }
    }
    if (!readsContent && element.content().isPresent()) {
      Content content = element.content().get();
      binder
          .findings()
          .error(
              position(content.from()), element.name() + ": holds text (expected: elements only)");
    }
  }

  private void unknown(int offset, String what, String name, Set<String> known) {
    String message =
        element.name()
            + ": unknown "
            + what
            + " "
            + Findings.shown(name)
            + Findings.choice(name, known);
    binder.findings().error(position(offset), message);
  }

  private <T> PolicyValue<T> missing(String attribute, Kind<T> kind) {
    problem("attribute " + attribute + " is required (expected: " + kind.expected() + ")");
    return kind.literal(kind.fill());
  }

  private String subject(String attribute) {
    return element.name() + ": " + attribute;
  }

  private SourcePosition position(int offset) {
    return element.source().at(offset);
  }
}
