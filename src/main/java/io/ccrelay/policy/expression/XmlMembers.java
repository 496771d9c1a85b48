package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import io.ccrelay.policy.expression.value.XAttribute;
import io.ccrelay.policy.expression.value.XComment;
import io.ccrelay.policy.expression.value.XContainer;
import io.ccrelay.policy.expression.value.XDocument;
import io.ccrelay.policy.expression.value.XElement;
import io.ccrelay.policy.expression.value.XName;
import io.ccrelay.policy.expression.value.XNamespace;
import io.ccrelay.policy.expression.value.XNode;
import io.ccrelay.policy.expression.value.XReader;
import io.ccrelay.policy.expression.value.XText;
import io.ccrelay.policy.expression.value.XWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code System.Xml.Linq}: names, nodes, documents; {@link ElementMembers} has the elements. */
final class XmlMembers {

  static final String NAMESPACE = "System.Xml.Linq";

  private XmlMembers() {}

  static void fill() {
    names();
    ClrType node = Types.declare(NAMESPACE, "XNode", "", XNode.class::isInstance);
    node(node);
    Types.declare(
            NAMESPACE,
            "XObject",
            "",
            value -> value instanceof XNode || value instanceof XAttribute)
        .inherits(node);
    ClrType container = Types.declare(NAMESPACE, "XContainer", "", XContainer.class::isInstance);
    container(container);
    container.inherits(node);
    ElementMembers.fill(container);
    Types.declare(NAMESPACE, "XDocument", XDocument.class)
        .function("Parse", 1, 2, "XDocument", XmlMembers::parsed)
        .property("Root", "XElement", a -> a.self(XDocument.class).root())
        .constructor(0, ClrType.MANY, a -> filled(new XDocument(), a, 0))
        .inherits(container);
    leaves(node);
    Enums.flags(NAMESPACE, "SaveOptions", "None", 0, "DisableFormatting", 1);
    Enums.flags(NAMESPACE, "LoadOptions", "None", 0, "PreserveWhitespace", 1);
    Enums.declare("System.Xml", "XmlNodeType", Enums.NODES);
  }

  private static void names() {
    Types.declare(NAMESPACE, "XName", XName.class)
        .property("LocalName", "string", a -> a.self(XName.class).local())
        .property("NamespaceName", "string", a -> a.self(XName.class).namespace())
        .property("Namespace", "XNamespace", a -> new XNamespace(a.self(XName.class).namespace()))
        .function(
            "Get",
            1,
            2,
            "XName",
            a -> a.size() == 1 ? name(a, 0) : XName.checked(a.text(1), a.text(0)))
        .inherits(Types.OBJECT);
    Types.declare(NAMESPACE, "XNamespace", XNamespace.class)
        .property("NamespaceName", "string", a -> a.self(XNamespace.class).uri())
        .method(
            "GetName", 1, 1, "XName", a -> XName.checked(a.self(XNamespace.class).uri(), a.text(0)))
        .function("Get", 1, 1, "XNamespace", a -> new XNamespace(a.text(0)))
        .constant("None", "XNamespace", a -> new XNamespace(""))
        .constant("Xmlns", "XNamespace", a -> new XNamespace(XName.XMLNS))
        .inherits(Types.OBJECT);
  }

  private static void node(ClrType type) {
    type.property("Parent", "XElement", a -> node(a).parent() instanceof XElement e ? e : null)
        .property("Document", "XDocument", XmlMembers::document)
        .property("NextNode", "XNode", a -> node(a).sibling(1))
        .property("PreviousNode", "XNode", a -> node(a).sibling(-1))
        .property("NodeType", "XmlNodeType", a -> Enums.nodeType(node(a).kind()))
        .method("Remove", 0, 0, "", a -> done(() -> node(a).remove()))
        .method(
            "ReplaceWith",
            1,
            ClrType.MANY,
            "",
            a -> done(() -> node(a).replaceWith(contents(a, 0))))
        .method("AddAfterSelf", 1, ClrType.MANY, "", a -> beside(a, 1))
        .method("AddBeforeSelf", 1, ClrType.MANY, "", a -> beside(a, 0))
        .method("ToString", 0, 1, "string", XmlMembers::text)
        .inherits(Types.OBJECT);
  }

  private static void container(ClrType type) {
    type.property("FirstNode", "XNode", a -> container(a).nodes().stream().findFirst().orElse(null))
        .property(
            "LastNode",
            "XNode",
            a -> container(a).nodes().reversed().stream().findFirst().orElse(null))
        .method("Nodes", 0, 0, "List", a -> charged(container(a).nodes(), a))
        .method(
            "Element",
            1,
            1,
            "XElement",
            a -> container(a).elements(name(a, 0)).stream().findFirst().orElse(null))
        .method("Elements", 0, 1, "List", a -> charged(container(a).elements(wanted(a)), a))
        .method("Descendants", 0, 1, "List", a -> charged(container(a).descendants(wanted(a)), a))
        .method("Add", 1, ClrType.MANY, "", a -> done(() -> container(a).add(contents(a, 0))))
        .method(
            "AddFirst",
            1,
            ClrType.MANY,
            "",
            a -> done(() -> container(a).insert(0, contents(a, 0))))
        .method("RemoveNodes", 0, 0, "", a -> done(() -> container(a).clear()))
        .method("ReplaceNodes", 0, ClrType.MANY, "", XmlMembers::replaced);
  }

  private static void leaves(ClrType node) {
    ClrType text =
        Types.declare(NAMESPACE, "XText", XText.class)
            .property("Value", "string", a -> node(a).value())
            .setter("Value", a -> done(() -> a.self(XText.class).value(a.text(0))))
            .constructor(1, 1, a -> new XText(a.text(0), false))
            .inherits(node);
    Types.declare(NAMESPACE, "XCData", "", value -> value instanceof XText leaf && leaf.isSection())
        .constructor(1, 1, a -> new XText(a.text(0), true))
        .inherits(text);
    Types.declare(NAMESPACE, "XComment", XComment.class)
        .property("Value", "string", a -> node(a).value())
        .constructor(1, 1, a -> new XComment(a.text(0)))
        .inherits(node);
  }

  /** Something that gives nothing. */
  static @Nullable Object done(Runnable change) {
    change.run();
    return null;
  }

  static XNode node(Args a) {
    return a.self(XNode.class);
  }

  private static XContainer container(Args a) {
    return a.self(XContainer.class);
  }

  private static @Nullable Object document(Args a) {
    XNode top = node(a);
    for (XNode at = top; at != null; at = at.parent()) {
      top = at;
    }
    return top instanceof XDocument document ? document : null;
  }

  /** A name, or a text that spells one. */
  static XName name(Args a, int index) {
    return a.some(index) instanceof XName name ? name : XName.of(a.text(index));
  }

  static @Nullable XName wanted(Args a) {
    return a.has(0) ? name(a, 0) : null;
  }

  static <T> List<T> charged(List<T> found, Args a) {
    a.budget().allocate(8L * found.size());
    a.budget().steps(found.size() / 16);
    return new ArrayList<>(found);
  }

  /** What is to be put somewhere: sequences item by item, values as .NET writes them in XML. */
  static List<Object> contents(Args a, int from) {
    var contents = new ArrayList<Object>();
    for (int i = from; i < a.size(); i++) {
      collect(a.get(i), a, contents);
    }
    return contents;
  }

  private static void collect(@Nullable Object value, Args a, List<Object> contents) {
    if (value == null) {
      return;
    }
    if (value instanceof XNode || value instanceof XAttribute) {
      a.budget().allocate(value instanceof XNode node ? node.weight() : 64);
      contents.add(value);
    } else if (!(value instanceof String) && Sequence.isOne(value)) {
      Sequence.of(value, a.budget()).forEach(item -> collect(item, a, contents));
    } else {
      contents.add(a.made(text(value)));
    }
  }

  /** The text of a plain value as XML Schema has it. */
  static String text(Object value) {
    return switch (value) {
      case Boolean truth -> truth.toString();
      case io.ccrelay.policy.expression.value.DateTime date -> date.toIso();
      case io.ccrelay.policy.expression.value.DateTimeOffset date -> date.toIso();
      default -> Texts.of(value);
    };
  }

  static XContainer filled(XContainer made, Args a, int from) {
    made.add(contents(a, from));
    return made;
  }

  private static @Nullable Object beside(Args a, int steps) {
    XContainer around = node(a).parent();
    if (around == null) {
      throw ClrException.operation("The parent is missing.");
    }
    around.insert(around.nodes().indexOf(node(a)) + steps, contents(a, 0));
    return null;
  }

  private static @Nullable Object replaced(Args a) {
    List<Object> contents = contents(a, 0);
    container(a).clear();
    container(a).add(contents);
    return null;
  }

  private static String text(Args a) {
    a.budget().steps(node(a).weight() / 1024);
    boolean plain = a.has(0) && a.enumeration(0).has(1);
    return a.made(XWriter.write(node(a), !plain));
  }

  static XDocument parsed(Args a) {
    return parsed(a.text(0), a);
  }

  static XDocument parsed(String xml, Args a) {
    a.budget().steps(xml.length() / 256);
    a.budget().allocate(4L * xml.length());
    return XReader.read(xml);
  }

  static XElement root(String xml, Args a) {
    XElement root = parsed(xml, a).root();
    if (root == null) {
      throw new ClrException("XmlException", "Root element is missing.");
    }
    root.remove();
    return root;
  }
}
