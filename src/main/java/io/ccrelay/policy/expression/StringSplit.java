package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code String.Split} in all its forms. */
final class StringSplit {

  private static final int REMOVE_EMPTY = 1;
  private static final int TRIM = 2;

  private StringSplit() {}

  static Object[] split(Args a) {
    var separators = new ArrayList<String>();
    int most = Integer.MAX_VALUE;
    int options = 0;
    for (Object argument : a.all()) {
      switch (argument) {
        case ClrEnum option -> options = option.number();
        case Integer count -> most = count;
        case null -> {}
        default -> separators(argument, separators, a);
      }
    }
    if (most < 0) {
      throw ClrException.range("Count cannot be less than zero.");
    }
    List<String> parts = parts(a.selfText(), separators, most, options, a.budget());
    return parts.toArray();
  }

  private static void separators(Object argument, List<String> separators, Args a) {
    List<@Nullable Object> each =
        argument instanceof Object[] ? Sequence.of(argument, a.budget()) : List.of(argument);
    for (Object one : each) {
      switch (one) {
        case Character c -> separators.add(c.toString());
        case String text -> {
          if (!text.isEmpty()) {
            separators.add(text);
          }
        }
        case null, default ->
            throw ClrException.cast(one == null ? "null" : Types.nameOf(one), "System.Char");
      }
    }
  }

  private static List<String> parts(
      String text, List<String> separators, int most, int options, Budget budget) {
    var parts = new ArrayList<String>();
    int from = 0;
    int at = 0;
    budget.steps((long) text.length() * Math.max(1, separators.size()) / 4096);
    budget.allocate(2L * text.length());
    while (at < text.length() && parts.size() + 1 < most) {
      int length = separatorAt(text, at, separators);
      if (length == 0) {
        at++;
        continue;
      }
      keep(text.substring(from, at), options, parts, budget);
      at += length;
      from = at;
    }
    if (most > 0) {
      keep(text.substring(from), options, parts, budget);
    }
    return parts;
  }

  private static void keep(String part, int options, List<String> parts, Budget budget) {
    String kept = (options & TRIM) != 0 ? part.strip() : part;
    if (!kept.isEmpty() || (options & REMOVE_EMPTY) == 0) {
      budget.allocate(16);
      parts.add(kept);
    }
  }

  /**
   * Length of the separator at an index, 0 if there is none; without separators blanks separate.
   */
  private static int separatorAt(String text, int at, List<String> separators) {
    if (separators.isEmpty()) {
      return Character.isWhitespace(text.charAt(at)) ? 1 : 0;
    }
    for (String separator : separators) {
      if (text.startsWith(separator, at)) {
        return separator.length();
      }
    }
    return 0;
  }
}
