package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code System.Linq.Enumerable}: groups, sets, dictionaries, generators. */
final class LinqSets {

  private LinqSets() {}

  static void fill(ClrType type) {
    type.method("Distinct", 0, 1, "List", a -> new ArrayList<>(new LinkedHashSet<>(Linq.items(a))))
        .method("Union", 1, 1, "List", LinqSets::union)
        .method("Intersect", 1, 1, "List", a -> filtered(a, true))
        .method("Except", 1, 1, "List", a -> filtered(a, false))
        .method("Concat", 1, 1, "List", LinqSets::concat)
        .method("Append", 1, 1, "List", a -> with(Linq.items(a), a.get(0), false))
        .method("Prepend", 1, 1, "List", a -> with(Linq.items(a), a.get(0), true))
        .method("Zip", 2, 2, "List", LinqSets::zip)
        .method("GroupBy", 1, 2, "List", LinqSets::groupBy)
        .method("ToDictionary", 1, 3, "Dictionary", LinqSets::toDictionary)
        .method("ToHashSet", 0, 0, "HashSet", a -> new LinkedHashSet<>(Linq.items(a)))
        .method("Cast", 0, 0, "List", a -> cast(a, false))
        .method("OfType", 0, 0, "List", a -> cast(a, true))
        .method("DefaultIfEmpty", 0, 1, "List", LinqSets::defaultIfEmpty)
        .method("SequenceEqual", 1, 1, "bool", LinqSets::sequenceEqual);
    Types.declare("System.Linq", "Enumerable", "", value -> false)
        .function("Range", 2, 2, "List", LinqSets::range)
        .function("Repeat", 2, 2, "List", LinqSets::repeat)
        .function("Empty", 0, 0, "List", a -> new ArrayList<>());
  }

  static void fillGrouping(ClrType type) {
    type.property("Key", "", a -> a.self(Grouping.class).key()).inherits(Types.SEQUENCE);
  }

  private static List<@Nullable Object> union(Args a) {
    var set = new LinkedHashSet<>(Linq.items(a));
    set.addAll(Sequence.of(a.get(0), a.budget()));
    return new ArrayList<>(set);
  }

  private static List<@Nullable Object> filtered(Args a, boolean contained) {
    var other = new LinkedHashSet<>(Sequence.of(a.get(0), a.budget()));
    var kept = new LinkedHashSet<>(Linq.items(a));
    kept.removeIf(item -> other.contains(item) != contained);
    return new ArrayList<>(kept);
  }

  private static List<@Nullable Object> concat(Args a) {
    List<@Nullable Object> items = Linq.items(a);
    items.addAll(Sequence.of(a.get(0), a.budget()));
    return items;
  }

  private static List<@Nullable Object> with(
      List<@Nullable Object> items, @Nullable Object item, boolean first) {
    items.add(first ? 0 : items.size(), item);
    return items;
  }

  private static List<@Nullable Object> zip(Args a) {
    List<@Nullable Object> left = Linq.items(a);
    List<@Nullable Object> right = Sequence.of(a.get(0), a.budget());
    List<@Nullable Object> zipped = new ArrayList<>();
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      zipped.add(a.lambda(1).call(left.get(i), right.get(i)));
    }
    return zipped;
  }

  private static List<@Nullable Object> groupBy(Args a) {
    Map<@Nullable Object, Grouping> groups = new LinkedHashMap<>();
    for (Object item : Linq.items(a)) {
      Object kept = a.has(1) ? a.lambda(1).call(item) : item;
      Object key = a.lambda(0).call(item);
      Grouping group = groups.get(key);
      if (group == null) {
        List<@Nullable Object> items = new ArrayList<>();
        group = new Grouping(key, items);
        groups.put(key, group);
      }
      group.items().add(kept);
    }
    return new ArrayList<>(groups.values());
  }

  private static Map<Object, @Nullable Object> toDictionary(Args a) {
    Map<Object, @Nullable Object> map = new LinkedHashMap<>();
    for (Object item : Linq.items(a)) {
      Object key = a.lambda(0).call(item);
      if (key == null) {
        throw ClrException.argumentNull();
      }
      if (map.containsKey(key)) {
        throw ClrException.argument(
            "An item with the same key has already been added. Key: " + Texts.of(key));
      }
      a.budget().allocate(64);
      map.put(key, a.has(1) && a.get(1) instanceof Callable value ? value.call(item) : item);
    }
    return map;
  }

  private static List<@Nullable Object> cast(Args a, boolean only) {
    TypeRef type = a.type();
    List<@Nullable Object> kept = new ArrayList<>();
    for (Object item : Linq.items(a)) {
      if (type == null || !only) {
        kept.add(type == null ? item : Casts.cast(item, type, true));
      } else if (Casts.is(item, type)) {
        kept.add(item);
      }
    }
    return kept;
  }

  private static List<@Nullable Object> defaultIfEmpty(Args a) {
    List<@Nullable Object> items = Linq.items(a);
    return items.isEmpty() ? with(items, a.has(0) ? a.get(0) : null, true) : items;
  }

  private static boolean sequenceEqual(Args a) {
    List<@Nullable Object> left = Linq.items(a);
    List<@Nullable Object> right = Sequence.of(a.get(0), a.budget());
    boolean equal = left.size() == right.size();
    for (int i = 0; i < left.size() && equal; i++) {
      equal = Comparison.same(left.get(i), right.get(i));
    }
    return equal;
  }

  private static List<@Nullable Object> range(Args a) {
    int count = counted(a);
    List<@Nullable Object> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      items.add(a.integer(0) + i);
    }
    return items;
  }

  private static List<@Nullable Object> repeat(Args a) {
    int count = counted(a);
    List<@Nullable Object> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      items.add(a.get(0));
    }
    return items;
  }

  private static int counted(Args a) {
    int count = a.integer(1);
    if (count < 0) {
      throw ClrException.range("Specified argument was out of the range of valid values.");
    }
    a.budget().allocate(24L * count);
    return count;
  }
}
