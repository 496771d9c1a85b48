package io.ccrelay.llm.sse;

import io.ccrelay.cache.Bytes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value that can be taken apart and put together without loss: numbers keep their text,
 * members their order. Objects, arrays and texts grow in place; confined to one context.
 */
sealed interface Json {

  /** A JSON document. */
  default Bytes toBytes() {
    return Bytes.utf8(JsonText.of(this));
  }

  /** Whether this is the value {@code null}. */
  default boolean isNull() {
    return this.equals(Verbatim.NULL);
  }

  /**
   * Valid JSON that is written as it stands: a number, {@code true}, {@code false}, {@code null},
   * or a document of which only the text matters.
   */
  record Verbatim(String json) implements Json {
    /** The value {@code null}. */
    static final Verbatim NULL = new Verbatim("null");

    /** The value of a short run of digits, -1 for anything else. */
    int index() {
      int value = json.length() <= 6 ? 0 : -1;
      for (int i = 0; i < json.length() && value >= 0; i++) {
        int digit = json.charAt(i) - '0';
        value = digit >= 0 && digit <= 9 ? 10 * value + digit : -1;
      }
      return value;
    }
  }

  /** A string; one that grows is kept in blocks, so that no piece moves all that came before. */
  final class Text implements Json {
    private static final int BLOCK = 256 << 10;

    private String head;
    private List<String> blocks = List.of();
    private @Nullable StringBuilder grown;

    Text(String value) {
      this.head = value;
    }

    void append(Text more) {
      if (grown == null) {
        grown = new StringBuilder(head);
      } else if (grown.length() >= BLOCK) {
        blocks = blocks.isEmpty() ? new ArrayList<>() : blocks;
        blocks.add(grown.toString());
        grown = new StringBuilder();
      }
      grown.append(more.value());
    }

    String value() {
      if (grown != null) {
        head = blocks.isEmpty() ? grown.toString() : String.join("", blocks) + grown;
        blocks = List.of();
        grown = null;
      }
      return head;
    }

    boolean isEmpty() {
      return grown == null ? head.isEmpty() : grown.isEmpty() && blocks.isEmpty();
    }
  }

  /** An array. */
  record Arr(List<Json> items) implements Json {
    Arr() {
      this(new ArrayList<>());
    }

    Arr(Collection<? extends Json> items) {
      this(new ArrayList<>(items));
    }
  }

  /** An object. */
  record Obj(Map<String, Json> members) implements Json {
    Obj() {
      this(new LinkedHashMap<>());
    }

    /** An object with the same members; the members themselves are shared. */
    Obj copy() {
      return new Obj(new LinkedHashMap<>(members));
    }

    void put(String name, Json value) {
      members.put(name, value);
    }

    void remove(String name) {
      members.remove(name);
    }

    Obj with(String name, Json value) {
      members.put(name, value);
      return this;
    }

    Obj with(String name, String value) {
      return with(name, new Text(value));
    }

    Obj with(String name, int value) {
      return with(name, new Verbatim(Integer.toString(value)));
    }

    /** Replaces the member if there is one. */
    void replace(String name, Json value) {
      members.replace(name, value);
    }

    @Nullable Json get(String name) {
      return members.get(name);
    }

    boolean has(String name) {
      return members.containsKey(name);
    }

    /** Whether the member is there and not {@code null}. */
    boolean says(String name) {
      var value = members.get(name);
      return value != null && !value.isNull();
    }

    /** The string of a member, empty if it is anything else. */
    String text(String name) {
      return members.get(name) instanceof Text text ? text.value() : "";
    }

    boolean isText(String name, String value) {
      return text(name).equals(value);
    }

    /** The whole number of a member, -1 if it is anything else or negative. */
    int index(String name) {
      return members.get(name) instanceof Verbatim number ? number.index() : -1;
    }

    Optional<Obj> object(String name) {
      return members.get(name) instanceof Obj object ? Optional.of(object) : Optional.empty();
    }

    /** The items of an array member, none if it is anything else. */
    List<Json> items(String name) {
      return members.get(name) instanceof Arr(List<Json> items) ? items : List.of();
    }
  }
}
