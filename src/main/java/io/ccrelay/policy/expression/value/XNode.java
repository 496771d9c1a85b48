package io.ccrelay.policy.expression.value;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code XNode}: what stands in a document or an element. Confined to one context. */
public abstract sealed class XNode permits XContainer, XText, XComment {

  @Nullable XContainer parent;

  /** What it stands in. */
  public @Nullable XContainer parent() {
    return parent;
  }

  /** Takes it out of what it stands in. */
  public void remove() {
    XContainer around = parent;
    if (around == null) {
      throw ClrException.operation("The parent is missing.");
    }
    around.nodes.removeIf(this::equals);
    parent = null;
  }

  /** Puts {@code others} in its place. */
  public void replaceWith(List<Object> others) {
    XContainer around = parent;
    if (around == null) {
      throw ClrException.operation("The parent is missing.");
    }
    int at = around.nodes.indexOf(this);
    remove();
    around.insert(at, others);
  }

  /** The node {@code steps} behind it among its siblings, negative before it. */
  public @Nullable XNode sibling(int steps) {
    XContainer around = parent;
    int at = around == null ? -1 : around.nodes.indexOf(this) + steps;
    return around == null || at < 0 || at >= around.nodes.size() ? null : around.nodes.get(at);
  }

  /** A copy that stands nowhere. */
  public abstract XNode copy();

  /** The text in it, marks left out. */
  public abstract String value();

  /** Estimated size, for budgets. */
  public abstract long weight();

  /** Its kind, as {@code XmlNodeType} has it. */
  public abstract String kind();

  /** As XML, indented. */
  @Override
  public String toString() {
    return XWriter.write(this, true);
  }
}
