package io.ccrelay.policy.expression.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JSON array. Confined to one context. */
public final class JArray extends JContainer {

  private final List<JToken> items = new ArrayList<>();

  /** The item at {@code index}. */
  public JToken get(int index) {
    return items.get(checked(index, items.size()));
  }

  /** Sets the item at {@code index}. */
  public void set(int index, @Nullable Object value) {
    JToken old = items.set(checked(index, items.size()), JToken.of(value).adoptedBy(this));
    old.setParent(null);
  }

  /** Adds an item at the end. */
  public void add(@Nullable Object value) {
    items.add(JToken.of(value).adoptedBy(this));
  }

  /** Adds an item before the one at {@code index}. */
  public void insert(int index, @Nullable Object value) {
    items.add(checked(index, items.size() + 1), JToken.of(value).adoptedBy(this));
  }

  /** Removes the item at {@code index}. */
  public void removeAt(int index) {
    items.remove(checked(index, items.size())).setParent(null);
  }

  /** Index of this very token or of an equal value, -1 if there is none. */
  @SuppressWarnings("ReferenceEquality") // of .NET objects, as there
  public int indexOf(JToken token) {
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) == token || items.get(i).equals(token)) {
        return i;
      }
    }
    return -1;
  }

  /** Removes all items. */
  public void clear() {
    items.clear();
  }

  /** Number of items. */
  public int size() {
    return items.size();
  }

  /** The items. */
  public List<JToken> items() {
    return Collections.unmodifiableList(items);
  }

  private static int checked(int index, int bound) {
    if (index < 0 || index >= bound) {
      throw ClrException.range(
          "Index was out of range. Must be non-negative and less than the size of the collection.");
    }
    return index;
  }

  @SuppressWarnings("ReferenceEquality") // of .NET objects, as there
  @Override
  void remove(JToken child) {
    items.removeIf(item -> item == child);
  }

  @SuppressWarnings("ReferenceEquality") // of .NET objects, as there
  @Override
  void replace(JToken child, JToken replacement) {
    items.replaceAll(item -> item == child ? replacement.adoptedBy(this) : item);
  }

  @Override
  public Type type() {
    return Type.ARRAY;
  }

  @Override
  public JArray deepClone() {
    var copy = new JArray();
    for (JToken item : items) {
      copy.add(item.deepClone());
    }
    return copy;
  }

  @Override
  public List<JToken> children() {
    return new ArrayList<>(items);
  }

  @Override
  public boolean deepEquals(JToken other) {
    if (!(other instanceof JArray that) || items.size() != that.items.size()) {
      return false;
    }
    for (int i = 0; i < items.size(); i++) {
      if (!items.get(i).deepEquals(that.items.get(i))) {
        return false;
      }
    }
    return true;
  }
}
