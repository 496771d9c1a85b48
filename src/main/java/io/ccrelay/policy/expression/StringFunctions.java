package io.ccrelay.policy.expression;

import static io.ccrelay.policy.expression.ClrType.MANY;

import io.ccrelay.policy.expression.value.ClrException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Static members of {@code System.String} and its constructor. */
final class StringFunctions {

  private StringFunctions() {}

  static void fill(ClrType type) {
    type.constant("Empty", "string", a -> "")
        .function("IsNullOrEmpty", 1, 1, "bool", a -> isEmpty(a.textOrNull(0)))
        .function("IsNullOrWhiteSpace", 1, 1, "bool", a -> isBlank(a.textOrNull(0)))
        .function("Format", 1, MANY, "string", StringFunctions::format)
        .function("Join", 1, MANY, "string", StringFunctions::join)
        .function("Concat", 1, MANY, "string", StringFunctions::concat)
        .function("Equals", 2, 3, "bool", a -> StringSearch.equal(a.get(0), a.get(1), a, 2))
        .function("Compare", 2, 3, "int", StringFunctions::compare)
        .function("CompareOrdinal", 2, 2, "int", a -> a.text(0).compareTo(a.text(1)))
        .function("Copy", 1, 1, "string", a -> a.text(0))
        .constructor(1, 3, StringFunctions::create);
  }

  private static boolean isEmpty(@Nullable String text) {
    return text == null || text.isEmpty();
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }

  private static String format(Args a) {
    @Nullable Object[] arguments =
        a.size() == 2 && a.get(1) instanceof Object[] several
            ? several
            : Arrays.copyOfRange(a.all(), 1, a.size());
    return Texts.composite(a.text(0), arguments, a.frame);
  }

  private static String join(Args a) {
    String separator =
        a.get(0) instanceof Character c
            ? c.toString()
            : String.valueOf(a.get(0) == null ? "" : a.text(0));
    List<@Nullable Object> items =
        a.size() == 2
                && a.get(1) != null
                && !(a.get(1) instanceof String)
                && Sequence.isOne(a.some(1))
            ? Sequence.of(a.get(1), a.budget())
            : Arrays.asList(a.all()).subList(1, a.size());
    return joined(items, separator, a.frame);
  }

  private static String joined(List<@Nullable Object> items, String separator, Frame frame) {
    var out = new StringBuilder();
    for (int i = 0; i < items.size(); i++) {
      String text = Texts.of(items.get(i), frame);
      frame.budget.allocate(2L * (separator.length() + text.length()));
      out.append(i == 0 ? "" : separator).append(text);
    }
    return out.toString();
  }

  private static String concat(Args a) {
    boolean sequence =
        a.size() == 1
            && a.get(0) != null
            && !(a.get(0) instanceof String)
            && Sequence.isOne(a.some(0));
    return joined(
        sequence ? Sequence.of(a.get(0), a.budget()) : Arrays.asList(a.all()), "", a.frame);
  }

  private static int compare(Args a) {
    String left = a.textOrNull(0);
    String right = a.textOrNull(1);
    if (left == null || right == null) {
      return left == null ? (right == null ? 0 : -1) : 1;
    }
    boolean ignoreCase =
        StringSearch.ignoresCase(a, 2) || (a.has(2) && Boolean.TRUE.equals(a.get(2)));
    return Integer.signum(
        ignoreCase ? left.compareToIgnoreCase(right) : Texts.compare(left, right));
  }

  private static String create(Args a) {
    if (a.get(0) instanceof Object[]) {
      return joined(Sequence.of(a.get(0), a.budget()), "", a.frame);
    }
    int count = a.integer(1, 1);
    if (count < 0) {
      throw ClrException.range("'count' must be non-negative.");
    }
    a.budget().allocate(2L * count);
    return a.as(0, Character.class).toString().repeat(count);
  }
}
