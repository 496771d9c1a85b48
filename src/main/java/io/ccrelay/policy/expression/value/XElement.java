package io.ccrelay.policy.expression.value;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code XElement}. Confined to one context. */
public final class XElement extends XContainer {

  private XName name;
  private final List<XAttribute> attributes = new ArrayList<>();

  /** An empty element that stands nowhere. */
  public XElement(XName name) {
    this.name = name;
  }

  /** Its name. */
  public XName name() {
    return name;
  }

  /** Renames it. */
  public void name(XName other) {
    name = other;
  }

  /** Its attributes, in order. */
  public List<XAttribute> attributes() {
    return List.copyOf(attributes);
  }

  /** The attribute {@code wanted}, {@code null} if there is none. */
  public @Nullable XAttribute attribute(XName wanted) {
    return attributes.stream().filter(one -> one.name().equals(wanted)).findFirst().orElse(null);
  }

  /** Sets an attribute; without a value takes it away. */
  public void set(XName attribute, @Nullable String value) {
    XAttribute there = attribute(attribute);
    if (value == null) {
      attributes.removeIf(one -> one.name().equals(attribute));
    } else if (there != null) {
      there.value(value);
    } else {
      var added = new XAttribute(attribute, value);
      added.parent = this;
      attributes.add(added);
    }
  }

  /** Replaces everything in it by {@code text}. */
  public void value(String text) {
    clear();
    if (!text.isEmpty()) {
      add(List.of(text));
    }
  }

  @Override
  public XElement copy() {
    var copy = new XElement(name);
    attributes.forEach(one -> copy.set(one.name(), one.value()));
    nodes.forEach(node -> copy.add(List.of(node.copy())));
    return copy;
  }

  @Override
  public long weight() {
    long weight = super.weight() + 2L * name.local().length();
    for (XAttribute attribute : attributes) {
      weight += 64 + 2L * attribute.value().length();
    }
    return weight;
  }

  @Override
  public String kind() {
    return "Element";
  }
}
