package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import io.ccrelay.policy.expression.value.DateTime;
import io.ccrelay.policy.expression.value.DateTimeOffset;
import io.ccrelay.policy.expression.value.TimeSpan;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Arithmetic with the promotions of C#; integers wrap around. */
final class Operators {

  private static final MathContext DECIMAL = new MathContext(29, RoundingMode.HALF_EVEN);

  private Operators() {}

  /** Applies {@code + - * / % & | ^}; {@code null} if an operand is. */
  static @Nullable Object apply(char operator, @Nullable Object left, @Nullable Object right) {
    if (left == null || right == null) {
      return null;
    }
    if (left instanceof Integer a && right instanceof Integer b) {
      return integers(operator, a, b);
    }
    if (left instanceof Boolean a && right instanceof Boolean b) {
      return truths(operator, a, b);
    }
    if (left instanceof ClrEnum a && right instanceof ClrEnum b && operator == '|') {
      return a.or(b);
    }
    if (isNumeric(left) && isNumeric(right)) {
      return numbers(operator, left, right);
    }
    return times(operator, left, right);
  }

  static boolean isNumeric(@Nullable Object value) {
    return value instanceof Integer
        || value instanceof Long
        || value instanceof Double
        || value instanceof BigDecimal
        || value instanceof Character;
  }

  static Number number(Object value) {
    return value instanceof Character c ? (Number) (int) c : (Number) value;
  }

  private static Object numbers(char operator, Object left, Object right) {
    Number a = number(left);
    Number b = number(right);
    if (a instanceof BigDecimal || b instanceof BigDecimal) {
      return decimals(operator, decimal(a), decimal(b));
    }
    if (a instanceof Double || b instanceof Double) {
      return reals(operator, a.doubleValue(), b.doubleValue());
    }
    if (a instanceof Long || b instanceof Long) {
      return longs(operator, a.longValue(), b.longValue());
    }
    return integers(operator, a.intValue(), b.intValue());
  }

  static BigDecimal decimal(Number number) {
    return switch (number) {
      case BigDecimal decimal -> decimal;
      case Double real -> throw ClrException.cast("System.Double", "System.Decimal");
      default -> BigDecimal.valueOf(number.longValue());
    };
  }

  private static Object integers(char operator, int a, int b) {
    return switch (operator) {
      case '+' -> a + b;
      case '-' -> a - b;
      case '*' -> a * b;
      case '/' -> divisible(b, a == Integer.MIN_VALUE && b == -1) ? a / b : 0;
      case '%' -> divisible(b, false) ? a % b : 0;
      case '&' -> a & b;
      case '|' -> a | b;
      case '^' -> a ^ b;
      default -> throw unknown(operator, a, b);
    };
  }

  private static Object longs(char operator, long a, long b) {
    return switch (operator) {
      case '+' -> a + b;
      case '-' -> a - b;
      case '*' -> a * b;
      case '/' -> divisible(b, a == Long.MIN_VALUE && b == -1) ? a / b : 0L;
      case '%' -> divisible(b, false) ? a % b : 0L;
      case '&' -> a & b;
      case '|' -> a | b;
      case '^' -> a ^ b;
      default -> throw unknown(operator, a, b);
    };
  }

  private static boolean divisible(long divisor, boolean overflows) {
    if (divisor == 0) {
      throw new ClrException("DivideByZeroException", "Attempted to divide by zero.");
    }
    if (overflows) {
      throw new ClrException("OverflowException", "Arithmetic operation resulted in an overflow.");
    }
    return true;
  }

  private static Object reals(char operator, double a, double b) {
    return switch (operator) {
      case '+' -> a + b;
      case '-' -> a - b;
      case '*' -> a * b;
      case '/' -> a / b;
      case '%' -> a % b;
      default -> throw unknown(operator, a, b);
    };
  }

  private static Object decimals(char operator, BigDecimal a, BigDecimal b) {
    BigDecimal result =
        switch (operator) {
          case '+' -> a.add(b);
          case '-' -> a.subtract(b);
          case '*' -> a.multiply(b);
          case '/' -> divisible(b.signum(), false) ? quotient(a, b) : a;
          case '%' -> divisible(b.signum(), false) ? a.remainder(b) : a;
          default -> throw unknown(operator, a, b);
        };
    return Casts.checkedDecimal(result.precision() > 29 ? result.round(DECIMAL) : result);
  }

  private static BigDecimal quotient(BigDecimal a, BigDecimal b) {
    BigDecimal exact = a.divide(b, DECIMAL).stripTrailingZeros();
    return exact.scale() < 0 ? exact.setScale(0, RoundingMode.UNNECESSARY) : exact;
  }

  private static Object truths(char operator, boolean a, boolean b) {
    return switch (operator) {
      case '&' -> a && b;
      case '|' -> a || b;
      case '^' -> a != b;
      default -> throw unknown(operator, a, b);
    };
  }

  private static Object times(char operator, Object left, Object right) {
    if (right instanceof TimeSpan span && (operator == '+' || operator == '-')) {
      long ticks = operator == '+' ? span.ticks() : -span.ticks();
      switch (left) {
        case DateTime date -> {
          return date.plus(ticks);
        }
        case DateTimeOffset date -> {
          return date.plus(ticks);
        }
        case TimeSpan other -> {
          return other.plus(new TimeSpan(ticks));
        }
        default -> {}
      }
    }
    if (operator == '-' && left instanceof DateTime a && right instanceof DateTime b) {
      return new TimeSpan(a.ticks() - b.ticks());
    }
    if (operator == '-' && isMoment(left) && isMoment(right)) {
      return new TimeSpan(Casts.offset(left).utc().ticks() - Casts.offset(right).utc().ticks());
    }
    throw unknown(operator, left, right);
  }

  private static boolean isMoment(Object value) {
    return value instanceof DateTime || value instanceof DateTimeOffset;
  }

  /** {@code <<} and {@code >>}. */
  static @Nullable Object shift(boolean left, @Nullable Object value, @Nullable Object by) {
    return switch (value) {
      case null -> null;
      case Integer number when by instanceof Integer count ->
          left ? number << count : number >> count;
      case Long number when by instanceof Integer count -> left ? number << count : number >> count;
      default -> throw unknown(left ? '<' : '>', value, String.valueOf(by));
    };
  }

  /** A sign or a complement. */
  static @Nullable Object unary(char operator, @Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Boolean truth when operator == '!' -> !truth;
      case Integer number ->
          operator == '-' ? (Object) (-number) : operator == '~' ? ~number : number;
      case Long number -> operator == '-' ? (Object) (-number) : operator == '~' ? ~number : number;
      case Double number when operator != '~' -> operator == '-' ? -number : number;
      case BigDecimal number when operator != '~' -> operator == '-' ? number.negate() : number;
      case Character c when operator != '!' -> unary(operator, (int) c);
      case TimeSpan span when operator == '-' -> new TimeSpan(-span.ticks());
      default ->
          throw new ClrException(
              "RuntimeBinderException",
              "Operator '" + operator + "' cannot be applied to " + Types.nameOf(value));
    };
  }

  private static ClrException unknown(char operator, Object left, Object right) {
    return new ClrException(
        "RuntimeBinderException",
        "Operator '"
            + operator
            + "' cannot be applied to "
            + Types.nameOf(left)
            + " and "
            + Types.nameOf(right));
  }
}
