package io.ccrelay.policy.expression.value;

import java.util.ArrayList;
import java.util.List;

/** A token with tokens below it. */
public abstract sealed class JContainer extends JToken permits JObject, JArray, JProperty {

  static final long NODE_BYTES = 64;

  /** Takes {@code child} out. */
  abstract void remove(JToken child);

  /** Puts {@code replacement} in the place of {@code child}. */
  abstract void replace(JToken child, JToken replacement);

  /** All tokens below, parents before children. */
  public List<JToken> descendants() {
    var all = new ArrayList<JToken>();
    collect(this, all);
    return all;
  }

  private static void collect(JToken token, List<JToken> all) {
    for (JToken child : token.children()) {
      all.add(child);
      collect(child, all);
    }
  }

  @Override
  public long weight() {
    long sum = NODE_BYTES;
    for (JToken child : children()) {
      sum += child.weight();
    }
    return sum;
  }

  /** Takes {@code token} out of its tree. */
  public static void detach(JToken token) {
    JContainer above = token.parent();
    if (above == null) {
      throw ClrException.operation("The parent is missing.");
    }
    above.remove(token);
    token.setParent(null);
  }

  /** Puts {@code replacement} where {@code token} is. */
  public static void exchange(JToken token, JToken replacement) {
    JContainer above = token.parent();
    if (above == null) {
      throw ClrException.operation("The parent is missing.");
    }
    above.replace(token, replacement);
    token.setParent(null);
  }
}
