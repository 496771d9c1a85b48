package io.ccrelay.policy.expression.value;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code XDocument}. Confined to one context. */
public final class XDocument extends XContainer {

  /** Its element, {@code null} if it is empty. */
  public @Nullable XElement root() {
    return elements(null).stream().findFirst().orElse(null);
  }

  @Override
  public XDocument copy() {
    var copy = new XDocument();
    nodes.forEach(node -> copy.add(List.of(node.copy())));
    return copy;
  }

  @Override
  public String kind() {
    return "Document";
  }
}
