package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code List<T>} and what may stand for it. */
final class ListMembers {

  private ListMembers() {}

  static void fill(ClrType type) {
    type.property("Count", "int", a -> list(a).size())
        .index("", a -> list(a).get(at(a, list(a).size())))
        .indexSetter(a -> list(a).set(at(a, list(a).size()), a.get(1)))
        .method("Add", 1, 1, "", a -> add(a, a.get(0)))
        .method("AddRange", 1, 1, "", ListMembers::addRange)
        .method("Insert", 2, 2, "", ListMembers::insert)
        .method("Remove", 1, 1, "bool", ListMembers::remove)
        .method("RemoveAt", 1, 1, "", a -> list(a).remove(at(a, list(a).size())))
        .method("RemoveAll", 1, 1, "int", ListMembers::removeAll)
        .method("Clear", 0, 0, "", ListMembers::clear)
        .method("Contains", 1, 1, "bool", a -> indexOf(list(a), a.get(0), a.budget()) >= 0)
        .method("IndexOf", 1, 1, "int", a -> indexOf(list(a), a.get(0), a.budget()))
        .method("Find", 1, 1, "", a -> ArrayMembers.find(list(a), a, 0))
        .method("FindAll", 1, 1, "List", a -> ArrayMembers.findAll(list(a), a, 0))
        .method("FindIndex", 1, 1, "int", a -> ArrayMembers.findIndex(list(a), a, 0))
        .method("Exists", 1, 1, "bool", a -> ArrayMembers.findIndex(list(a), a, 0) >= 0)
        .method("TrueForAll", 1, 1, "bool", ListMembers::trueForAll)
        .method("ForEach", 1, 1, "", ListMembers::forEach)
        .method("ConvertAll", 1, 1, "List", a -> Linq.select(a))
        .method("Reverse", 0, 0, "", ListMembers::reverse)
        .method("Sort", 0, 1, "", ListMembers::sort)
        .method("ToArray", 0, 0, "Array", a -> Sequence.of(a.self(), a.budget()).toArray())
        .method("GetRange", 2, 2, "List", ListMembers::range)
        .constructor(0, 1, ListMembers::create)
        .inherits(Types.SEQUENCE)
        .inherits(Types.OBJECT);
    for (String name :
        new String[] {"IList", "ICollection", "IReadOnlyCollection", "IReadOnlyList"}) {
      Types.declare(
              "System.Collections.Generic",
              name,
              "",
              value -> value instanceof List<?> || value instanceof Object[])
          .inherits(type);
    }
  }

  @SuppressWarnings("unchecked")
  private static List<@Nullable Object> list(Args a) {
    return (List<@Nullable Object>) a.self();
  }

  static int at(Args a, int bound) {
    int index = a.integer(0);
    if (index < 0 || index >= bound) {
      throw ClrException.range(
          "Index was out of range. Must be non-negative and less than the size of the collection.");
    }
    return index;
  }

  private static @Nullable Object add(Args a, @Nullable Object item) {
    a.budget().allocate(16);
    list(a).add(item);
    return null;
  }

  private static @Nullable Object addRange(Args a) {
    list(a).addAll(Sequence.of(a.get(0), a.budget()));
    return null;
  }

  private static @Nullable Object insert(Args a) {
    a.budget().allocate(16);
    list(a).add(at(a, list(a).size() + 1), a.get(1));
    return null;
  }

  private static boolean remove(Args a) {
    int index = indexOf(list(a), a.get(0), a.budget());
    if (index >= 0) {
      list(a).remove(index);
    }
    return index >= 0;
  }

  private static int removeAll(Args a) {
    int before = list(a).size();
    list(a).removeIf(item -> a.test(0, item));
    return before - list(a).size();
  }

  private static @Nullable Object clear(Args a) {
    list(a).clear();
    return null;
  }

  static int indexOf(
      List<? extends @Nullable Object> list, @Nullable Object wanted, Budget budget) {
    budget.steps(list.size() / 64);
    for (int i = 0; i < list.size(); i++) {
      if (Comparison.same(list.get(i), wanted)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean trueForAll(Args a) {
    return Sequence.of(a.self(), a.budget()).stream().allMatch(item -> a.test(0, item));
  }

  private static @Nullable Object forEach(Args a) {
    Callable action = a.lambda(0);
    Sequence.of(a.self(), a.budget()).forEach(action::call);
    return null;
  }

  private static @Nullable Object reverse(Args a) {
    a.budget().steps(list(a).size() / 64);
    Collections.reverse(list(a));
    return null;
  }

  private static @Nullable Object sort(Args a) {
    list(a).sort(ArrayMembers.order(a, 0));
    return null;
  }

  private static List<@Nullable Object> range(Args a) {
    int from = a.integer(0);
    int count = a.integer(1);
    if (from < 0 || count < 0 || (long) from + count > list(a).size()) {
      throw ClrException.argument("Offset and length were out of bounds.");
    }
    return new ArrayList<>(list(a).subList(from, from + count));
  }

  private static List<@Nullable Object> create(Args a) {
    boolean sized = a.size() == 1 && a.get(0) instanceof Integer;
    return a.size() == 0 || sized ? new ArrayList<>() : Sequence.of(a.get(0), a.budget());
  }
}
