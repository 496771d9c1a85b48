package io.ccrelay.llm.sse;

import io.ccrelay.llm.sse.Json.Arr;
import io.ccrelay.llm.sse.Json.Obj;
import io.ccrelay.llm.sse.Json.Text;
import java.util.List;

/**
 * An object that grows from chunk to chunk, one rule for each kind of member. Nothing said ({@code
 * null}, an empty string) never replaces something. Confined to one context.
 */
final class Merge {

  private final Obj object;
  private boolean lossless = true;

  Merge() {
    this(new Obj());
  }

  private Merge(Obj object) {
    this.object = object;
  }

  Obj object() {
    return object;
  }

  /** Whether no chunk said something that did not fit. */
  boolean lossless() {
    return lossless;
  }

  /** Something was said that the merged object does not express. */
  void lose() {
    lossless = false;
  }

  /** Keeps the first value said: some providers begin with an empty id or a creation time of 0. */
  void first(String name, Json value) {
    if (isBlank(name)) {
      object.put(name, value);
    }
  }

  /** Keeps the last value said. */
  void last(String name, Json value) {
    if (says(value) || !object.has(name)) {
      object.put(name, value);
    }
  }

  /** Keeps a value of which all chunks say the same. */
  void same(String name, Json value) {
    var known = object.get(name);
    if (known != null && says(known) && says(value)) {
      lossless &= JsonText.of(known).equals(JsonText.of(value));
    }
    last(name, value);
  }

  /** Joins strings; anything else is treated as {@link #same}. */
  void append(String name, Json value) {
    if (value instanceof Text more && object.get(name) instanceof Text text) {
      text.append(more);
    } else {
      same(name, value);
    }
  }

  /**
   * Joins the {@code arguments} of a function, or the {@code input} of a custom tool; the rest of
   * what is called is the same in all chunks.
   */
  void call(String name, Json value) {
    if (!(value instanceof Obj more) || !(object.get(name) instanceof Obj known)) {
      same(name, value);
      return;
    }
    var called = new Merge(known);
    more.members()
        .forEach((member, part) -> {
          if (member.equals("arguments") || member.equals("input")) {
            called.append(member, part);
          } else {
            called.same(member, part);
          }
        });
    lossless &= called.lossless;
  }

  /** Joins the arrays among the members of an object; other members are treated as the same. */
  void appendArrays(String name, Json value) {
    if (!(value instanceof Obj more) || !(object.get(name) instanceof Obj known)) {
      last(name, value);
      return;
    }
    more.members().forEach((member, items) -> appendItems(known, member, items));
  }

  private void appendItems(Obj known, String member, Json value) {
    if (value instanceof Arr(List<Json> more)
        && known.get(member) instanceof Arr(List<Json> items)) {
      items.addAll(more);
    } else if (!value.isNull()) {
      lossless &= !known.says(member);
      known.put(member, value);
    } else if (!known.has(member)) {
      known.put(member, value);
    }
  }

  private boolean isBlank(String name) {
    var known = object.get(name);
    return known == null || !says(known) || known.equals(new Json.Verbatim("0"));
  }

  private static boolean says(Json value) {
    return !value.isNull() && !(value instanceof Text text && text.isEmpty());
  }
}
