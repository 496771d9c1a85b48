package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.DateTime;
import io.ccrelay.policy.expression.value.DateTimeOffset;
import io.ccrelay.policy.expression.value.TimeSpan;
import java.math.BigDecimal;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What {@code default(T)} is: of value types a value, of all others {@code null}. */
final class Defaults {

  private static final Map<String, Object> BY_NAME =
      Map.ofEntries(
          Map.entry("bool", false),
          Map.entry("int", 0),
          Map.entry("short", 0),
          Map.entry("ushort", 0),
          Map.entry("byte", 0),
          Map.entry("sbyte", 0),
          Map.entry("long", 0L),
          Map.entry("uint", 0L),
          Map.entry("ulong", 0L),
          Map.entry("double", 0.0),
          Map.entry("float", 0.0),
          Map.entry("decimal", BigDecimal.ZERO),
          Map.entry("char", '\0'),
          Map.entry("Guid", new UUID(0, 0)),
          Map.entry("TimeSpan", new TimeSpan(0)),
          Map.entry("DateTime", new DateTime(0, DateTime.Kind.UNSPECIFIED)),
          Map.entry("DateTimeOffset", new DateTimeOffset(new DateTime(0, DateTime.Kind.UTC), 0)));

  private Defaults() {}

  static boolean isValueType(ClrType type) {
    return BY_NAME.containsKey(type.name());
  }

  static @Nullable Object of(ClrType type) {
    return BY_NAME.get(type.name());
  }
}
