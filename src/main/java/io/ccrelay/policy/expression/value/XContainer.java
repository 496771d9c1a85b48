package io.ccrelay.policy.expression.value;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code XContainer}: what holds nodes. Confined to one context. */
public abstract sealed class XContainer extends XNode permits XElement, XDocument {

  final List<XNode> nodes = new ArrayList<>();

  /** What it holds, in order. */
  public List<XNode> nodes() {
    return List.copyOf(nodes);
  }

  /** The elements directly in it, of {@code name} if there is one. */
  public List<XElement> elements(@Nullable XName name) {
    var found = new ArrayList<XElement>();
    for (XNode node : nodes) {
      if (node instanceof XElement element && (name == null || element.name().equals(name))) {
        found.add(element);
      }
    }
    return found;
  }

  /** The elements in it at any depth, of {@code name} if there is one, in document order. */
  public List<XElement> descendants(@Nullable XName name) {
    var found = new ArrayList<XElement>();
    collect(name, found);
    return found;
  }

  private void collect(@Nullable XName name, List<XElement> found) {
    for (XNode node : nodes) {
      if (node instanceof XElement element) {
        if (name == null || element.name().equals(name)) {
          found.add(element);
        }
        XContainer inner = element;
        inner.collect(name, found);
      }
    }
  }

  /** Adds nodes and, as text, values; a node that stands somewhere is copied. */
  public void add(List<Object> contents) {
    insert(nodes.size(), contents);
  }

  /** The same before the node at {@code index}. */
  public void insert(int index, List<Object> contents) {
    int at = index;
    for (Object content : contents) {
      if (content instanceof XAttribute attribute && this instanceof XElement element) {
        element.set(attribute.name(), attribute.value());
      } else if (content instanceof XDocument) {
        throw ClrException.argument("A document cannot stand in another node.");
      } else {
        nodes.add(at++, placed(content));
      }
    }
  }

  private XNode placed(Object content) {
    XNode node =
        content instanceof XNode given
            ? given.parent != null || holds(given) ? given.copy() : given
            : new XText(content.toString(), false);
    node.parent = this;
    return node;
  }

  /** Whether {@code node} is this one or around it: it cannot be put inside itself. */
  private boolean holds(XNode node) {
    for (XNode at = this; at != null; at = at.parent) {
      if (at.equals(node)) {
        return true;
      }
    }
    return false;
  }

  /** Empties it. */
  public void clear() {
    nodes.forEach(node -> node.parent = null);
    nodes.clear();
  }

  @Override
  public String value() {
    var text = new StringBuilder();
    append(text);
    return text.toString();
  }

  private void append(StringBuilder text) {
    for (XNode node : nodes) {
      switch (node) {
        case XText leaf -> text.append(leaf.value());
        case XContainer inner -> inner.append(text);
        case XComment _ -> {
          // Not part of the text.
        }
      }
    }
  }

  @Override
  public long weight() {
    long weight = 64;
    for (XNode node : nodes) {
      weight += node.weight();
    }
    return weight;
  }
}
