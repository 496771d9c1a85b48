package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Numbers and truth values: parsing, limits, comparison. */
final class NumberMembers {

  private NumberMembers() {}

  static void fill() {
    whole(
        Types.INT,
        Integer.SIZE,
        Integer.MIN_VALUE,
        Integer.MAX_VALUE,
        value -> (int) value.longValue());
    whole(Types.LONG, Long.SIZE, Long.MIN_VALUE, Long.MAX_VALUE, value -> value);
    small("Int16", "short", Short.MIN_VALUE, Short.MAX_VALUE);
    small("UInt16", "ushort", 0, 0xFFFF);
    small("Byte", "byte", 0, 0xFF);
    small("SByte", "sbyte", Byte.MIN_VALUE, Byte.MAX_VALUE);
    ClrType uint = Types.declare("System", "UInt32", "uint", value -> fits(value, 0, 0xFFFF_FFFFL));
    whole(uint, 33, 0L, 0xFFFF_FFFFL, value -> value);
    ClrType ulong = Types.declare("System", "UInt64", "ulong", Long.class::isInstance);
    whole(ulong, Long.SIZE, 0L, Long.MAX_VALUE, value -> value);
    ClrType single = Types.declare("System", "Single", "float", Double.class::isInstance);
    real(Types.DOUBLE);
    real(single);
    decimal(Types.DECIMAL);
    truth(Types.BOOL);
  }

  private static boolean fits(Object value, long least, long most) {
    return (value instanceof Integer || value instanceof Long)
        && ((Number) value).longValue() >= least
        && ((Number) value).longValue() <= most;
  }

  private static void small(String name, String keyword, int least, int most) {
    ClrType type =
        Types.declare(
            "System", name, keyword, value -> value instanceof Integer && fits(value, least, most));
    whole(
        type,
        Integer.SIZE - Integer.numberOfLeadingZeros(most) + 1,
        least,
        most,
        value -> (int) value.longValue());
  }

  private static void whole(
      ClrType type, int bits, Number least, Number most, Function<Long, Object> boxed) {
    String name = "an " + type.name();
    type.constant("MinValue", type.name(), a -> least)
        .constant("MaxValue", type.name(), a -> most)
        .function(
            "Parse",
            1,
            3,
            type.name(),
            a -> boxed.apply(checked(Conversions.parse(a.text(0), bits, name), least, name)))
        .function(
            "TryParse",
            2,
            4,
            "bool",
            a -> a.tried(a.size() - 1, tried(a, bits, least, boxed), boxed.apply(0L)));
    common(type);
  }

  private static long checked(long value, Number least, String type) {
    if (value < least.longValue()) {
      throw ClrException.overflow(type);
    }
    return value;
  }

  private static @Nullable Object tried(
      Args a, int bits, Number least, Function<Long, Object> boxed) {
    String text = a.textOrNull(0);
    BigInteger value = text == null ? null : Conversions.whole(text);
    boolean fits =
        value != null && value.bitLength() < bits && value.longValue() >= least.longValue();
    return fits && value != null ? boxed.apply(value.longValue()) : null;
  }

  private static void real(ClrType type) {
    type.constant("MinValue", "double", a -> -Double.MAX_VALUE)
        .constant("MaxValue", "double", a -> Double.MAX_VALUE)
        .constant("Epsilon", "double", a -> Double.MIN_VALUE)
        .constant("NaN", "double", a -> Double.NaN)
        .constant("PositiveInfinity", "double", a -> Double.POSITIVE_INFINITY)
        .constant("NegativeInfinity", "double", a -> Double.NEGATIVE_INFINITY)
        .function("IsNaN", 1, 1, "bool", a -> Double.isNaN(a.real(0)))
        .function("IsInfinity", 1, 1, "bool", a -> Double.isInfinite(a.real(0)))
        .function("Parse", 1, 3, "double", a -> Conversions.toDouble(a.text(0)))
        .function(
            "TryParse", 2, 4, "bool", a -> a.tried(a.size() - 1, readReal(a.textOrNull(0)), 0.0));
    common(type);
  }

  private static @Nullable Object readReal(@Nullable String text) {
    return text == null ? null : Conversions.real(text);
  }

  private static void decimal(ClrType type) {
    type.constant("Zero", "decimal", a -> BigDecimal.ZERO)
        .constant("One", "decimal", a -> BigDecimal.ONE)
        .function("Parse", 1, 3, "decimal", a -> Conversions.toDecimal(a.text(0)))
        .function(
            "TryParse",
            2,
            4,
            "bool",
            a -> a.tried(a.size() - 1, readDecimal(a.textOrNull(0)), BigDecimal.ZERO))
        .function("Round", 1, 3, "decimal", MathMembers::round);
    common(type);
  }

  private static @Nullable Object readDecimal(@Nullable String text) {
    return text == null ? null : Conversions.decimal(text);
  }

  private static void truth(ClrType type) {
    type.constant("TrueString", "string", a -> "True")
        .constant("FalseString", "string", a -> "False")
        .function("Parse", 1, 1, "bool", a -> Conversions.toBoolean(a.text(0)))
        .function("TryParse", 2, 2, "bool", a -> a.tried(1, readTruth(a.textOrNull(0)), false));
    common(type);
  }

  private static @Nullable Object readTruth(@Nullable String text) {
    return text == null ? null : Conversions.truth(text);
  }

  private static void common(ClrType type) {
    type.method(
            "CompareTo", 1, 1, "int", a -> Integer.signum(Comparison.compare(a.self(), a.get(0))))
        .property("HasValue", "bool", a -> true)
        .property("Value", type.name(), a -> a.self())
        .method("GetValueOrDefault", 0, 1, type.name(), a -> a.self())
        .inherits(Types.OBJECT);
  }
}
