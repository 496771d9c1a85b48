package io.ccrelay.policy.expression;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code System.Linq.Enumerable}: orders and parts of sequences. */
final class LinqOrder {

  private LinqOrder() {}

  /** A sequence that was ordered, so that {@code ThenBy} can order it further. */
  private static final class Ordered extends ArrayList<@Nullable Object> {
    private static final long serialVersionUID = 1L;

    private final transient Comparator<@Nullable Object> order;

    Ordered(List<@Nullable Object> items, Comparator<@Nullable Object> order) {
      super(items);
      this.order = order;
      sort(order);
    }
  }

  static void fill(ClrType type) {
    type.method("OrderBy", 1, 1, "List", a -> new Ordered(Linq.items(a), by(a, false)))
        .method("OrderByDescending", 1, 1, "List", a -> new Ordered(Linq.items(a), by(a, true)))
        .method("ThenBy", 1, 1, "List", a -> further(a, false))
        .method("ThenByDescending", 1, 1, "List", a -> further(a, true))
        .method("Reverse", 0, 0, "List", LinqOrder::reversed)
        .method("Skip", 1, 1, "List", a -> part(a, a.integer(0), Integer.MAX_VALUE))
        .method("Take", 1, 1, "List", a -> part(a, 0, a.integer(0)))
        .method(
            "SkipLast",
            1,
            1,
            "List",
            a -> part(a, 0, Linq.items(a).size() - Math.max(0, a.integer(0))))
        .method(
            "TakeLast",
            1,
            1,
            "List",
            a -> part(a, Linq.items(a).size() - a.integer(0), Integer.MAX_VALUE))
        .method("SkipWhile", 1, 1, "List", a -> part(a, whileTrue(a), Integer.MAX_VALUE))
        .method("TakeWhile", 1, 1, "List", a -> part(a, 0, whileTrue(a)));
  }

  private static Comparator<@Nullable Object> by(Args a, boolean descending) {
    Callable key = a.lambda(0);
    Comparator<@Nullable Object> order =
        (left, right) -> Comparison.compare(key.call(left), key.call(right));
    return descending ? order.reversed() : order;
  }

  private static List<@Nullable Object> further(Args a, boolean descending) {
    Comparator<@Nullable Object> then = by(a, descending);
    return a.self() instanceof Ordered ordered
        ? new Ordered(Linq.items(a), ordered.order.thenComparing(then))
        : new Ordered(Linq.items(a), then);
  }

  private static List<@Nullable Object> reversed(Args a) {
    List<@Nullable Object> items = Linq.items(a);
    Collections.reverse(items);
    return items;
  }

  private static List<@Nullable Object> part(Args a, int from, int count) {
    List<@Nullable Object> items = Linq.items(a);
    int start = Math.clamp(from, 0, items.size());
    int end = Math.clamp((long) start + count, start, items.size());
    return new ArrayList<>(items.subList(start, end));
  }

  private static int whileTrue(Args a) {
    int count = 0;
    for (Object item : Linq.items(a)) {
      if (!a.test(0, item)) {
        break;
      }
      count++;
    }
    return count;
  }
}
