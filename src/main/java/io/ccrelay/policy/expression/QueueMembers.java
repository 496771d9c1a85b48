package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code Queue<T>}, {@code Stack<T>} and {@code Tuple}. */
final class QueueMembers {

  private static final int MOST_ITEMS = 7;

  private QueueMembers() {}

  /** Items that are taken at one end. Confined to one context. */
  abstract static class Line extends AbstractCollection<@Nullable Object> {
    final List<@Nullable Object> items = new ArrayList<>();

    abstract int end();

    @Override
    public Iterator<@Nullable Object> iterator() {
      return items.iterator();
    }

    @Override
    public int size() {
      return items.size();
    }

    @Nullable Object next(boolean take) {
      if (items.isEmpty()) {
        throw ClrException.operation("There is nothing in it.");
      }
      return take ? items.remove(end()) : items.get(end());
    }
  }

  /** {@code Queue<T>}. */
  static final class Queue extends Line {
    @Override
    int end() {
      return 0;
    }
  }

  /** {@code Stack<T>}: the last item comes first. */
  static final class Stack extends Line {
    @Override
    int end() {
      return items.size() - 1;
    }

    @Override
    public Iterator<@Nullable Object> iterator() {
      return items.reversed().iterator();
    }
  }

  /** {@code Tuple<...>}. */
  record Items(List<@Nullable Object> all) {
    @Override
    public String toString() {
      var text = new StringBuilder("(");
      all.forEach(item -> text.append(text.length() > 1 ? ", " : "").append(Texts.of(item)));
      return text.append(')').toString();
    }
  }

  static void fill() {
    line(Types.declare("System.Collections.Generic", "Queue", Queue.class), "Enqueue", "Dequeue")
        .constructor(0, 1, a -> filled(new Queue(), a));
    line(Types.declare("System.Collections.Generic", "Stack", Stack.class), "Push", "Pop")
        .constructor(0, 1, a -> filled(new Stack(), a));
    ClrType tuple = Types.declare("System", "Tuple", Items.class);
    for (int i = 0; i < MOST_ITEMS; i++) {
      int index = i;
      tuple.property("Item" + (i + 1), "", a -> item(a, index));
    }
    tuple
        .function("Create", 1, MOST_ITEMS, "Tuple", QueueMembers::items)
        .constructor(1, MOST_ITEMS, QueueMembers::items)
        .inherits(Types.OBJECT);
  }

  private static ClrType line(ClrType type, String put, String take) {
    return type.method(put, 1, 1, "", QueueMembers::put)
        .method(take, 0, 0, "", a -> a.self(Line.class).next(true))
        .method("Peek", 0, 0, "", a -> a.self(Line.class).next(false))
        .method("Clear", 0, 0, "", QueueMembers::clear)
        .method("ToArray", 0, 0, "Array", a -> Sequence.of(a.self(), a.budget()).toArray())
        .property("Count", "int", a -> a.self(Line.class).size())
        .inherits(Types.SEQUENCE)
        .inherits(Types.OBJECT);
  }

  private static @Nullable Object put(Args a) {
    a.budget().allocate(16);
    a.self(Line.class).items.add(a.get(0));
    return null;
  }

  private static @Nullable Object clear(Args a) {
    a.self(Line.class).items.clear();
    return null;
  }

  /** A number says how many there will be, which does not matter here. */
  private static Line filled(Line line, Args a) {
    if (a.size() == 1 && !(a.get(0) instanceof Integer)) {
      line.items.addAll(Sequence.of(a.get(0), a.budget()));
    }
    return line;
  }

  private static Items items(Args a) {
    List<@Nullable Object> items = new ArrayList<>();
    Collections.addAll(items, a.all());
    return new Items(items);
  }

  private static @Nullable Object item(Args a, int index) {
    List<@Nullable Object> all = a.self(Items.class).all();
    if (index >= all.size()) {
      throw ClrException.argument("The tuple has " + all.size() + " items.");
    }
    return all.get(index);
  }
}
