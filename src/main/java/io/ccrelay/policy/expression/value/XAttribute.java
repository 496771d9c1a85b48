package io.ccrelay.policy.expression.value;

import org.jspecify.annotations.Nullable;

/** {@code XAttribute}. Confined to one context. */
public final class XAttribute {

  private final XName name;
  private String value;
  @Nullable XElement parent;

  /** An attribute that stands nowhere. */
  public XAttribute(XName name, String value) {
    this.name = name;
    this.value = value;
  }

  /** Its name. */
  public XName name() {
    return name;
  }

  /** Its value. */
  public String value() {
    return value;
  }

  /** Replaces its value. */
  public void value(String other) {
    value = other;
  }

  /** The element it stands in. */
  public @Nullable XElement parent() {
    return parent;
  }

  /** Whether it declares a namespace. */
  public boolean isDeclaration() {
    return name.namespace().equals(XName.XMLNS)
        || (name.namespace().isEmpty() && name.local().equals("xmlns"));
  }

  /** As it stands in XML. */
  @Override
  public String toString() {
    String prefix = name.namespace().equals(XName.XMLNS) ? "xmlns:" : "";
    return prefix + name.local() + "=\"" + XWriter.escaped(value, true) + "\"";
  }
}
