package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arrays and {@code System.Array}. */
final class ArrayMembers {

  private ArrayMembers() {}

  static void fill(ClrType type) {
    type.property("Length", "int", a -> length(a.self()))
        .property("LongLength", "long", a -> (long) length(a.self()))
        .property("Rank", "int", a -> 1)
        .index("", ArrayMembers::get)
        .indexSetter(ArrayMembers::set)
        .method("GetLength", 1, 1, "int", a -> length(a.self()))
        .method(
            "Clone",
            0,
            0,
            "Array",
            a -> a.self() instanceof byte[] bytes ? bytes.clone() : ((Object[]) a.self()).clone())
        .method("ToString", 0, 0, "string", a -> Texts.of(a.self()))
        .function("Exists", 2, 2, "bool", a -> findIndex(items(a), a, 1) >= 0)
        .function("Find", 2, 2, "", a -> find(items(a), a, 1))
        .function("FindAll", 2, 2, "Array", a -> findAll(items(a), a, 1).toArray())
        .function("FindIndex", 2, 2, "int", a -> findIndex(items(a), a, 1))
        .function("FindLast", 2, 2, "", a -> find(items(a).reversed(), a, 1))
        .function(
            "TrueForAll", 2, 2, "bool", a -> items(a).stream().allMatch(item -> a.test(1, item)))
        .function("ConvertAll", 2, 2, "Array", ArrayMembers::convertAll)
        .function("ForEach", 2, 2, "", ArrayMembers::forEach)
        .function("IndexOf", 2, 2, "int", a -> ListMembers.indexOf(items(a), a.get(1), a.budget()))
        .function("LastIndexOf", 2, 2, "int", ArrayMembers::lastIndexOf)
        .function("Reverse", 1, 1, "", ArrayMembers::reverse)
        .function("Sort", 1, 2, "", ArrayMembers::sort)
        .function("Empty", 0, 0, "Array", a -> new Object[0])
        .inherits(Types.SEQUENCE)
        .inherits(Types.OBJECT);
  }

  private static int length(Object array) {
    return array instanceof byte[] bytes ? bytes.length : ((Object[]) array).length;
  }

  private static @Nullable Object get(Args a) {
    int index = at(a);
    return a.self() instanceof byte[] bytes
        ? (Object) (bytes[index] & 0xFF)
        : ((@Nullable Object[]) a.self())[index];
  }

  private static int at(Args a) {
    int index = a.integer(0);
    if (index < 0 || index >= length(a.self())) {
      throw ClrException.index();
    }
    return index;
  }

  private static @Nullable Object set(Args a) {
    int index = at(a);
    if (a.self() instanceof byte[] bytes) {
      bytes[index] = (byte) a.integer(1);
    } else {
      ((@Nullable Object[]) a.self())[index] = a.get(1);
    }
    return a.get(1);
  }

  private static List<@Nullable Object> items(Args a) {
    return Sequence.of(a.get(0), a.budget());
  }

  static @Nullable Object find(List<@Nullable Object> items, Args a, int lambda) {
    int index = findIndex(items, a, lambda);
    return index < 0 ? null : items.get(index);
  }

  static List<@Nullable Object> findAll(List<@Nullable Object> items, Args a, int lambda) {
    List<@Nullable Object> found = new ArrayList<>();
    for (Object item : items) {
      if (a.test(lambda, item)) {
        found.add(item);
      }
    }
    return found;
  }

  static int findIndex(List<@Nullable Object> items, Args a, int lambda) {
    for (int i = 0; i < items.size(); i++) {
      if (a.test(lambda, items.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private static Object[] convertAll(Args a) {
    Callable each = a.lambda(1);
    List<@Nullable Object> items = items(a);
    items.replaceAll(each::call);
    return items.toArray();
  }

  private static @Nullable Object forEach(Args a) {
    Callable action = a.lambda(1);
    items(a).forEach(action::call);
    return null;
  }

  private static int lastIndexOf(Args a) {
    List<@Nullable Object> items = items(a);
    int index = ListMembers.indexOf(items.reversed(), a.get(1), a.budget());
    return index < 0 ? -1 : items.size() - 1 - index;
  }

  private static @Nullable Object reverse(Args a) {
    List<@Nullable Object> items = items(a);
    Collections.reverse(items);
    return put(a, items);
  }

  private static @Nullable Object sort(Args a) {
    List<@Nullable Object> items = items(a);
    items.sort(order(a, 1));
    return put(a, items);
  }

  @SuppressWarnings("unchecked")
  private static @Nullable Object put(Args a, List<@Nullable Object> items) {
    switch (a.some(0)) {
      case byte[] bytes ->
          System.arraycopy((byte[]) Sequence.array(items, true), 0, bytes, 0, bytes.length);
      case Object[] array -> System.arraycopy(items.toArray(), 0, array, 0, array.length);
      case List<?> list -> Collections.copy((List<@Nullable Object>) list, items);
      case Object other -> throw ClrException.cast(Types.nameOf(other), "System.Array");
    }
    return null;
  }

  /** The order of a sort: of a lambda if one is given; every comparison takes a step. */
  static Comparator<@Nullable Object> order(Args a, int lambda) {
    Callable given = a.has(lambda) ? a.lambda(lambda) : null;
    return (left, right) -> {
      a.budget().step();
      if (given == null) {
        return Comparison.compare(left, right);
      }
      return given.call(left, right) instanceof Integer order ? order : 0;
    };
  }
}
