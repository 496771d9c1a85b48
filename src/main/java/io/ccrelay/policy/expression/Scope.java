package io.ccrelay.policy.expression;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The local variables in sight while an expression is compiled. Confined to one thread. */
final class Scope {

  /**
   * A local variable.
   *
   * @param slot its place in the frame
   * @param type its type, {@code null} if it is not known
   * @param declared whether the type is written, so that what is assigned must fit it
   */
  record Local(int slot, @Nullable TypeRef type, boolean declared) {}

  private final Deque<Map<String, Local>> blocks = new ArrayDeque<>();
  private int slots;

  Scope() {
    open();
  }

  void open() {
    blocks.push(new HashMap<>());
  }

  void close() {
    blocks.pop();
  }

  Local declare(int at, String name, @Nullable TypeRef type, boolean declared) {
    if (find(name) != null) {
      throw new Syntax(at, "a local variable '" + name + "' is in sight already");
    }
    var local = new Local(slots++, type, declared);
    blocks.element().put(name, local);
    return local;
  }

  /** A place in the frame without a name. */
  int slot() {
    return slots++;
  }

  @Nullable Local find(String name) {
    for (Map<String, Local> block : blocks) {
      Local local = block.get(name);
      if (local != null) {
        return local;
      }
    }
    return null;
  }

  /** Number of places that a frame needs. */
  int slots() {
    return slots;
  }
}
