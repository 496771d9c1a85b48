package io.ccrelay.policy.expression;

import static io.ccrelay.policy.expression.XmlMembers.charged;
import static io.ccrelay.policy.expression.XmlMembers.done;
import static io.ccrelay.policy.expression.XmlMembers.name;
import static io.ccrelay.policy.expression.XmlMembers.wanted;

import io.ccrelay.policy.expression.value.XAttribute;
import io.ccrelay.policy.expression.value.XContainer;
import io.ccrelay.policy.expression.value.XElement;
import io.ccrelay.policy.expression.value.XName;
import io.ccrelay.policy.expression.value.XNamespace;
import io.ccrelay.policy.expression.value.XNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** {@code XElement} and {@code XAttribute}, and what sequences of them have. */
final class ElementMembers {

  private ElementMembers() {}

  static void fill(ClrType container) {
    ClrType type = Types.declare(XmlMembers.NAMESPACE, "XElement", XElement.class);
    reading(type);
    writing(type);
    type.inherits(container);
    attribute(Types.declare(XmlMembers.NAMESPACE, "XAttribute", XAttribute.class));
    sequences(Types.LIST);
  }

  private static XElement element(Args a) {
    return a.self(XElement.class);
  }

  private static void reading(ClrType type) {
    type.function("Parse", 1, 2, "XElement", a -> XmlMembers.root(a.text(0), a))
        .property("Name", "XName", a -> element(a).name())
        .property("Value", "string", a -> a.made(element(a).value()))
        .property("HasElements", "bool", a -> !element(a).elements(null).isEmpty())
        .property("HasAttributes", "bool", a -> !element(a).attributes().isEmpty())
        .property("IsEmpty", "bool", a -> element(a).nodes().isEmpty())
        .property(
            "FirstAttribute",
            "XAttribute",
            a -> element(a).attributes().stream().findFirst().orElse(null))
        .property(
            "LastAttribute",
            "XAttribute",
            a -> element(a).attributes().reversed().stream().findFirst().orElse(null))
        .method("Attribute", 1, 1, "XAttribute", a -> element(a).attribute(name(a, 0)))
        .method("Attributes", 0, 1, "List", a -> charged(attributes(element(a), wanted(a)), a))
        .method(
            "DescendantsAndSelf", 0, 1, "List", a -> charged(withSelf(element(a), wanted(a)), a))
        .method("Ancestors", 0, 1, "List", a -> charged(ancestors(element(a), wanted(a)), a))
        .method("GetDefaultNamespace", 0, 0, "XNamespace", a -> defaultNamespace(element(a)));
  }

  private static void writing(ClrType type) {
    type.setter("Name", a -> done(() -> element(a).name(name(a, 0))))
        .setter("Value", a -> done(() -> element(a).value(a.text(0))))
        .method("SetValue", 1, 1, "", a -> done(() -> element(a).value(XmlMembers.text(a.some(0)))))
        .method(
            "SetAttributeValue", 2, 2, "", a -> done(() -> element(a).set(name(a, 0), value(a, 1))))
        .method("SetElementValue", 2, 2, "", a -> done(() -> setElement(a)))
        .method("RemoveAttributes", 0, 0, "", a -> done(() -> removeAttributes(element(a))))
        .method("RemoveAll", 0, 0, "", a -> done(() -> removeAll(element(a))))
        .constructor(1, ClrType.MANY, ElementMembers::made);
  }

  private static Object made(Args a) {
    if (a.size() == 1 && a.get(0) instanceof XElement other) {
      a.budget().allocate(other.weight());
      return other.copy();
    }
    return XmlMembers.filled(new XElement(name(a, 0)), a, 1);
  }

  private static @Nullable String value(Args a, int index) {
    Object value = a.get(index);
    return value == null ? null : a.made(XmlMembers.text(value));
  }

  private static void setElement(Args a) {
    XName wanted = name(a, 0);
    String value = value(a, 1);
    var there = element(a).elements(wanted);
    if (value == null) {
      there.stream().findFirst().ifPresent(XNode::remove);
    } else if (there.isEmpty()) {
      var added = new XElement(wanted);
      added.value(value);
      element(a).add(List.of(added));
    } else {
      there.getFirst().value(value);
    }
  }

  private static void removeAttributes(XElement element) {
    element.attributes().forEach(one -> element.set(one.name(), null));
  }

  private static void removeAll(XElement element) {
    removeAttributes(element);
    element.clear();
  }

  private static List<XAttribute> attributes(XElement element, @Nullable XName name) {
    return element.attributes().stream()
        .filter(one -> name == null || one.name().equals(name))
        .toList();
  }

  private static List<XElement> withSelf(XElement element, @Nullable XName name) {
    var all = new ArrayList<XElement>();
    if (name == null || element.name().equals(name)) {
      all.add(element);
    }
    all.addAll(element.descendants(name));
    return all;
  }

  private static List<XElement> ancestors(XElement element, @Nullable XName name) {
    var all = new ArrayList<XElement>();
    for (XContainer at = element.parent(); at instanceof XElement around; at = at.parent()) {
      if (name == null || around.name().equals(name)) {
        all.add(around);
      }
    }
    return all;
  }

  private static XNamespace defaultNamespace(XElement element) {
    for (XContainer at = element; at instanceof XElement around; at = at.parent()) {
      XAttribute declared = around.attribute(new XName("", "xmlns"));
      if (declared != null) {
        return new XNamespace(declared.value());
      }
    }
    return new XNamespace("");
  }

  private static void attribute(ClrType type) {
    type.property("Name", "XName", a -> attribute(a).name())
        .property("Value", "string", a -> attribute(a).value())
        .property("Parent", "XElement", a -> attribute(a).parent())
        .property("IsNamespaceDeclaration", "bool", a -> attribute(a).isDeclaration())
        .setter("Value", a -> done(() -> attribute(a).value(a.text(0))))
        .method(
            "SetValue", 1, 1, "", a -> done(() -> attribute(a).value(XmlMembers.text(a.some(0)))))
        .method("Remove", 0, 0, "", a -> done(() -> remove(attribute(a))))
        .constructor(2, 2, a -> new XAttribute(name(a, 0), XmlMembers.text(a.some(1))))
        .inherits(Types.OBJECT);
  }

  private static XAttribute attribute(Args a) {
    return a.self(XAttribute.class);
  }

  private static void remove(XAttribute attribute) {
    XElement parent = attribute.parent();
    if (parent != null) {
      parent.set(attribute.name(), null);
    }
  }

  /** The extension methods of sequences of nodes. */
  private static void sequences(ClrType type) {
    type.method("Elements", 0, 1, "List", a -> each(a, XContainer::elements))
        .method("Descendants", 0, 1, "List", a -> each(a, XContainer::descendants))
        .method(
            "Attributes",
            0,
            1,
            "List",
            a ->
                each(
                    a,
                    (node, name) ->
                        node instanceof XElement element ? attributes(element, name) : List.of()));
  }

  private static List<Object> each(Args a, BiFunction<XContainer, @Nullable XName, List<?>> found) {
    var all = new ArrayList<Object>();
    for (Object item : Sequence.of(a.self(), a.budget())) {
      if (item instanceof XContainer node) {
        all.addAll(charged(found.apply(node, wanted(a)), a));
      }
    }
    return all;
  }
}
