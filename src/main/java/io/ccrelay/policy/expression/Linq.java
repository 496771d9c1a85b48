package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code System.Linq.Enumerable}: filters, projections, single items, sums. */
final class Linq {

  private Linq() {}

  static void fill(ClrType type) {
    type.method("Where", 1, 1, "List", Linq::where)
        .method("Select", 1, 1, "List", a -> select(a))
        .method("SelectMany", 1, 1, "List", Linq::selectMany)
        .method("Any", 0, 1, "bool", a -> !where(a).isEmpty())
        .method("All", 1, 1, "bool", a -> where(a).size() == items(a).size())
        .method("Count", 0, 1, "int", a -> where(a).size())
        .method("LongCount", 0, 1, "long", a -> (long) where(a).size())
        .method("First", 0, 1, "", a -> some(where(a)).getFirst())
        .method("FirstOrDefault", 0, 1, "", a -> orDefault(a, true))
        .method("Last", 0, 1, "", a -> some(where(a)).getLast())
        .method("LastOrDefault", 0, 1, "", a -> orDefault(a, false))
        .method("Single", 0, 1, "", a -> single(some(where(a))))
        .method(
            "SingleOrDefault",
            0,
            1,
            "",
            a -> where(a).isEmpty() ? ofItems(items(a)) : single(where(a)))
        .method("ElementAt", 1, 1, "", a -> items(a).get(ListMembers.at(a, items(a).size())))
        .method("ElementAtOrDefault", 1, 1, "", Linq::elementAtOrDefault)
        .method(
            "Contains", 1, 2, "bool", a -> ListMembers.indexOf(items(a), a.get(0), a.budget()) >= 0)
        .method("Sum", 0, 1, "", a -> sum(selected(a, 0)))
        .method("Average", 0, 1, "", a -> average(selected(a, 0)))
        .method("Min", 0, 1, "", a -> extreme(selected(a, 0), -1))
        .method("Max", 0, 1, "", a -> extreme(selected(a, 0), 1))
        .method("Aggregate", 1, 3, "", Linq::aggregate)
        .method("ToList", 0, 0, "List", a -> items(a))
        .method("ToArray", 0, 0, "Array", a -> items(a).toArray())
        .method("AsEnumerable", 0, 0, "List", a -> items(a));
  }

  static List<@Nullable Object> items(Args a) {
    return Sequence.of(a.self(), a.budget());
  }

  private static List<@Nullable Object> where(Args a) {
    List<@Nullable Object> items = items(a);
    return a.size() == 0 ? items : ArrayMembers.findAll(items, a, 0);
  }

  static List<@Nullable Object> select(Args a) {
    return selected(a, 0);
  }

  /** The items, each as the lambda at {@code index} makes it; unchanged if there is none. */
  static List<@Nullable Object> selected(Args a, int index) {
    List<@Nullable Object> items = items(a);
    if (a.has(index)) {
      Callable each = a.lambda(index);
      for (int i = 0; i < items.size(); i++) {
        items.set(i, each.call(items.get(i), i));
      }
    }
    return items;
  }

  private static List<@Nullable Object> selectMany(Args a) {
    List<@Nullable Object> all = new ArrayList<>();
    for (Object part : selected(a, 0)) {
      all.addAll(Sequence.of(part, a.budget()));
    }
    return all;
  }

  private static List<@Nullable Object> some(List<@Nullable Object> items) {
    if (items.isEmpty()) {
      throw ClrException.operation("Sequence contains no elements");
    }
    return items;
  }

  private static @Nullable Object orDefault(Args a, boolean first) {
    List<@Nullable Object> found = where(a);
    if (found.isEmpty()) {
      return ofItems(items(a));
    }
    return first ? found.getFirst() : found.getLast();
  }

  /** The default of what the items are; of no items it is not known, and null. */
  private static @Nullable Object ofItems(List<@Nullable Object> items) {
    Object one = items.isEmpty() ? null : items.getFirst();
    return one == null ? null : Defaults.of(Types.of(one));
  }

  private static @Nullable Object single(List<@Nullable Object> items) {
    if (items.size() > 1) {
      throw ClrException.operation("Sequence contains more than one element");
    }
    return items.getFirst();
  }

  private static @Nullable Object elementAtOrDefault(Args a) {
    List<@Nullable Object> items = items(a);
    int index = a.integer(0);
    return index >= 0 && index < items.size() ? items.get(index) : null;
  }

  private static Object sum(List<@Nullable Object> items) {
    Object sum = 0;
    for (Object item : items) {
      Object next = item == null ? null : Operators.apply('+', sum, plain(item));
      sum = next == null ? sum : next;
    }
    return sum;
  }

  private static Object plain(Object item) {
    if (!Operators.isNumeric(item)) {
      throw ClrException.cast(Types.nameOf(item), "System.Int32");
    }
    return item;
  }

  private static Object average(List<@Nullable Object> items) {
    Object sum = sum(some(items));
    return sum instanceof BigDecimal decimal
        ? (Object) decimal.divide(BigDecimal.valueOf(items.size()), MathContext.DECIMAL128)
        : ((Number) sum).doubleValue() / items.size();
  }

  private static @Nullable Object extreme(List<@Nullable Object> items, int sign) {
    Object best = some(items).getFirst();
    for (Object item : items) {
      best =
          item != null && (best == null || Comparison.compare(item, best) * sign > 0) ? item : best;
    }
    return best;
  }

  private static @Nullable Object aggregate(Args a) {
    List<@Nullable Object> items = items(a);
    boolean seeded = a.size() > 1;
    Object result = seeded ? a.get(0) : some(items).getFirst();
    Callable step = a.lambda(seeded ? 1 : 0);
    for (Object item : seeded ? items : items.subList(1, items.size())) {
      result = step.call(result, item);
    }
    return a.size() == 3 ? a.lambda(2).call(result) : result;
  }
}
