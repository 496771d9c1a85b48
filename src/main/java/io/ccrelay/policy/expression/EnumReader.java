package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code Enum.Parse} and {@code Enum.TryParse}: by name or number, of flags several with commas.
 */
final class EnumReader {

  private EnumReader() {}

  /** {@code Parse(type, text[, ignoreCase])} or {@code Parse<type>(text[, ignoreCase])}. */
  static ClrEnum parse(Args a) {
    int first = a.types().isEmpty() ? 1 : 0;
    ClrType type = type(a);
    ClrEnum value = read(a, type, a.text(first), a.has(first + 1) && a.truth(first + 1));
    if (value == null) {
      throw new ClrException(
          "ArgumentException", "Requested value '" + a.text(first) + "' was not found.");
    }
    return value;
  }

  /** {@code TryParse<type>(text[, ignoreCase], out value)}, or with a type in front. */
  static boolean tryParse(Args a) {
    int first = a.types().isEmpty() && a.get(0) instanceof ClrType ? 1 : 0;
    int last = a.size() - 1;
    ClrType type = type(a);
    ClrEnum value =
        a.get(first) instanceof String text
            ? read(a, type, text, last > first + 1 && a.truth(first + 1))
            : null;
    return a.tried(last, value, first(a, type));
  }

  private static ClrType type(Args a) {
    Object type = a.types().isEmpty() ? a.get(0) : a.types().getFirst().type();
    if (type instanceof ClrType it && !all(a, it).isEmpty()) {
      return it;
    }
    throw new ClrException("ArgumentException", "Type provided must be an Enum.");
  }

  private static @Nullable ClrEnum first(Args a, ClrType type) {
    return all(a, type).stream().filter(value -> value.number() == 0).findFirst().orElse(null);
  }

  private static List<ClrEnum> all(Args a, ClrType type) {
    var none = new Args(a.frame, null, Args.NONE, List.of());
    var all = new ArrayList<ClrEnum>();
    for (ClrType.Member constant : type.constants().values()) {
      if (constant.body().call(none) instanceof ClrEnum value) {
        all.add(value);
      }
    }
    return all;
  }

  private static @Nullable ClrEnum read(Args a, ClrType type, String text, boolean anyCase) {
    ClrEnum value = null;
    for (String name : text.split(",", -1)) {
      ClrEnum part = one(a, type, name.strip(), anyCase);
      if (part == null) {
        return null;
      }
      value = value == null ? part : value.or(part);
    }
    return value;
  }

  private static @Nullable ClrEnum one(Args a, ClrType type, String name, boolean anyCase) {
    for (ClrEnum value : all(a, type)) {
      boolean named = anyCase ? value.name().equalsIgnoreCase(name) : value.name().equals(name);
      if (named || name.equals(String.valueOf(value.number()))) {
        return value;
      }
    }
    return null;
  }
}
