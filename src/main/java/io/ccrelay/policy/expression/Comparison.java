package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import io.ccrelay.policy.expression.value.DateTime;
import io.ccrelay.policy.expression.value.DateTimeOffset;
import io.ccrelay.policy.expression.value.JContainer;
import io.ccrelay.policy.expression.value.JValue;
import io.ccrelay.policy.expression.value.TimeSpan;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Equality and order. {@code ==} compares values also where C# compares references because a static
 * type is {@code object}: that is what documents which do it expect.
 */
final class Comparison {

  private Comparison() {}

  /** {@code ==}. */
  @SuppressWarnings("ReferenceEquality") // of .NET objects, as there
  static boolean equal(@Nullable Object left, @Nullable Object right) {
    if (left == right) {
      return !(left instanceof Double real && real.isNaN());
    }
    if (left == null || right == null) {
      return false;
    }
    if (left instanceof JValue || right instanceof JValue) {
      return tokens(left, right);
    }
    if (Operators.isNumeric(left) && Operators.isNumeric(right)) {
      return numeric(left, right, false) == 0;
    }
    if (left instanceof DateTimeOffset ^ right instanceof DateTimeOffset) {
      return isMoment(left) && isMoment(right) && Casts.offset(left).equals(Casts.offset(right));
    }
    return isByReference(left) ? false : left.equals(right);
  }

  private static boolean isByReference(Object value) {
    return value instanceof JContainer
        || value instanceof Collection<?>
        || value instanceof Map<?, ?>;
  }

  @SuppressWarnings("ReferenceEquality") // of .NET objects, as there
  private static boolean tokens(Object left, Object right) {
    Object a = left instanceof JValue value ? value.value() : left;
    Object b = right instanceof JValue value ? value.value() : right;
    boolean isNull = a == null || b == null;
    return isNull ? left instanceof JValue && right instanceof JValue && a == b : equal(a, b);
  }

  private static boolean isMoment(Object value) {
    return value instanceof DateTime || value instanceof DateTimeOffset;
  }

  /** {@code Equals}: of numbers only those of one type are equal. */
  @SuppressWarnings("ReferenceEquality") // of .NET objects, as there
  static boolean same(@Nullable Object left, @Nullable Object right) {
    if (left == null || right == null) {
      return left == right;
    }
    if (left instanceof BigDecimal a && right instanceof BigDecimal b) {
      return a.compareTo(b) == 0;
    }
    boolean tokens = left instanceof JValue && right instanceof JValue;
    return left.getClass() == right.getClass()
        && (tokens ? left.equals(right) : isSame(left, right));
  }

  @SuppressWarnings("ReferenceEquality") // of .NET objects, as there
  private static boolean isSame(Object left, Object right) {
    return left == right || (left instanceof Double a && a.equals(right)) || equal(left, right);
  }

  /** {@code < <= > >=}; false if an operand is null or not a number. */
  static boolean ordered(String operator, @Nullable Object left, @Nullable Object right) {
    if (left == null || right == null) {
      return false;
    }
    if (left instanceof Integer a && right instanceof Integer b) {
      return holds(operator, Integer.compare(a, b));
    }
    boolean numbers = Operators.isNumeric(left) && Operators.isNumeric(right);
    if (numbers && (isNan(left) || isNan(right))) {
      return false;
    }
    if (left instanceof String || right instanceof String) {
      throw new ClrException(
          "RuntimeBinderException", "Operator '" + operator + "' cannot be applied to strings");
    }
    return holds(operator, compare(left, right));
  }

  private static boolean isNan(Object value) {
    return value instanceof Double real && real.isNaN();
  }

  private static boolean holds(String operator, int order) {
    return switch (operator) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }

  /** The order in which values are sorted; null comes first. */
  @SuppressWarnings("ReferenceEquality") // of .NET objects, as there
  static int compare(@Nullable Object left, @Nullable Object right) {
    if (left == null || right == null) {
      return left == right ? 0 : left == null ? -1 : 1;
    }
    if (left instanceof JValue a && right instanceof JValue b) {
      return compare(a.value(), b.value());
    }
    if (isNumber(left) && isNumber(right)) {
      return numeric(left, right, true);
    }
    return switch (left) {
      case String a when right instanceof String b -> Texts.compare(a, b);
      case Boolean a when right instanceof Boolean b -> Boolean.compare(a, b);
      case DateTime a when right instanceof DateTime b -> a.compareTo(b);
      case TimeSpan a when right instanceof TimeSpan b -> a.compareTo(b);
      case UUID a when right instanceof UUID b -> a.toString().compareTo(b.toString());
      case ClrEnum a when right instanceof ClrEnum b -> a.compareTo(b);
      case Object a when isMoment(a) && isMoment(right) ->
          Casts.offset(a).compareTo(Casts.offset(right));
      default -> throw ClrException.argument("At least one object must implement IComparable.");
    };
  }

  private static boolean isNumber(Object value) {
    return Operators.isNumeric(value) || value instanceof BigInteger;
  }

  private static int numeric(Object left, Object right, boolean total) {
    Number a = Operators.number(left);
    Number b = Operators.number(right);
    if (a instanceof BigInteger || b instanceof BigInteger) {
      return new BigDecimal(a.toString()).compareTo(new BigDecimal(b.toString()));
    }
    if (a instanceof Double || b instanceof Double) {
      double x = a.doubleValue();
      double y = b.doubleValue();
      return x < y ? -1 : x > y ? 1 : x == y ? 0 : total ? Double.compare(y, x) : 1;
    }
    if (a instanceof BigDecimal || b instanceof BigDecimal) {
      return Operators.decimal(a).compareTo(Operators.decimal(b));
    }
    return Long.compare(a.longValue(), b.longValue());
  }
}
