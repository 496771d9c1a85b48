package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The members of {@code System.String} that look for something. */
final class StringSearch {

  private StringSearch() {}

  static void fill(ClrType type) {
    type.method("Contains", 1, 2, "bool", a -> contains(a))
        .method("StartsWith", 1, 3, "bool", a -> edge(a, true))
        .method("EndsWith", 1, 3, "bool", a -> edge(a, false))
        .method("IndexOf", 1, 4, "int", a -> indexOf(a))
        .method("LastIndexOf", 1, 4, "int", a -> lastIndexOf(a))
        .method("IndexOfAny", 1, 2, "int", a -> indexOfAny(a))
        .method("Equals", 1, 2, "bool", a -> equal(a.self(), a.get(0), a, 1));
  }

  /** Whether the argument at {@code index} says that letter case does not count. */
  static boolean ignoresCase(Args a, int index) {
    return a.isEnum(index, "StringComparison") && a.enumeration(index).number() % 2 == 1;
  }

  static boolean equal(@Nullable Object left, @Nullable Object right, Args a, int comparison) {
    if (ignoresCase(a, comparison) && left instanceof String one && right instanceof String other) {
      return one.equalsIgnoreCase(other);
    }
    return Comparison.same(left, right);
  }

  private static String wanted(Args a) {
    return a.get(0) instanceof Character c ? c.toString() : a.text(0);
  }

  private static boolean contains(Args a) {
    boolean lambda = a.get(0) instanceof Callable;
    if (lambda) {
      throw ClrException.cast("Func", "System.String");
    }
    return find(a.selfText(), wanted(a), 0, ignoresCase(a, 1), a) >= 0;
  }

  private static boolean edge(Args a, boolean start) {
    String text = a.selfText();
    String wanted = wanted(a);
    boolean ignoreCase = ignoresCase(a, 1) || (a.has(1) && a.get(1) instanceof Boolean yes && yes);
    int from = start ? 0 : text.length() - wanted.length();
    return text.regionMatches(ignoreCase, from, wanted, 0, wanted.length());
  }

  private static int find(String text, String wanted, int from, boolean ignoreCase, Args a) {
    a.budget().steps(text.length() / 4096);
    return ignoreCase
        ? text.toLowerCase(Locale.ROOT).indexOf(wanted.toLowerCase(Locale.ROOT), from)
        : text.indexOf(wanted, from);
  }

  private static int indexOf(Args a) {
    String text = a.selfText();
    boolean ranged = a.has(1) && a.get(1) instanceof Integer;
    int from = ranged ? a.integer(1) : 0;
    if (from < 0 || from > text.length()) {
      throw ClrException.range("Index was out of range.");
    }
    boolean counted = a.has(2) && a.get(2) instanceof Integer;
    int to = counted ? from + a.integer(2) : text.length();
    if (to < from || to > text.length()) {
      throw ClrException.range(
          "Count must be positive and count must refer to a location within the string.");
    }
    boolean ignoreCase = ignoresCase(a, a.size() - 1);
    return find(text.substring(0, to), wanted(a), from, ignoreCase, a);
  }

  private static int lastIndexOf(Args a) {
    String text = a.selfText();
    boolean ignoreCase = ignoresCase(a, a.size() - 1);
    String within = ignoreCase ? text.toLowerCase(Locale.ROOT) : text;
    String wanted = ignoreCase ? wanted(a).toLowerCase(Locale.ROOT) : wanted(a);
    int from = a.has(1) && a.get(1) instanceof Integer ? a.integer(1) : text.length();
    return within.lastIndexOf(wanted, from - (from < text.length() ? wanted.length() - 1 : 0));
  }

  private static int indexOfAny(Args a) {
    var set = Sequence.of(a.get(0), a.budget());
    String text = a.selfText();
    for (int i = Math.max(0, a.integer(1, 0)); i < text.length(); i++) {
      if (set.contains(text.charAt(i))) {
        return i;
      }
    }
    return -1;
  }
}
