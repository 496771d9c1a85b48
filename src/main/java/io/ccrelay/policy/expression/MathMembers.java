package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.DoubleUnaryOperator;

/** {@code System.Math}. */
final class MathMembers {

  private static final int AWAY_FROM_ZERO = 1;
  private static final int MOST_DIGITS = 28;

  private MathMembers() {}

  static void fill() {
    ClrType type = Types.declare("System", "Math", "", value -> false);
    type.constant("PI", "double", a -> Math.PI)
        .constant("E", "double", a -> Math.E)
        .function("Abs", 1, 1, "", MathMembers::abs)
        .function("Min", 2, 2, "", a -> chosen(a, false))
        .function("Max", 2, 2, "", a -> chosen(a, true))
        .function("Round", 1, 3, "", MathMembers::round)
        .function("Floor", 1, 1, "", a -> towards(a, RoundingMode.FLOOR, Math::floor))
        .function("Ceiling", 1, 1, "", a -> towards(a, RoundingMode.CEILING, Math::ceil))
        .function(
            "Truncate",
            1,
            1,
            "",
            a -> towards(a, RoundingMode.DOWN, d -> d < 0 ? Math.ceil(d) : Math.floor(d)))
        .function("Pow", 2, 2, "double", a -> Math.pow(a.real(0), a.real(1)))
        .function("Sqrt", 1, 1, "double", a -> Math.sqrt(a.real(0)))
        .function("Exp", 1, 1, "double", a -> Math.exp(a.real(0)))
        .function(
            "Log",
            1,
            2,
            "double",
            a -> a.has(1) ? Math.log(a.real(0)) / Math.log(a.real(1)) : Math.log(a.real(0)))
        .function("Log10", 1, 1, "double", a -> Math.log10(a.real(0)))
        .function("Sin", 1, 1, "double", a -> Math.sin(a.real(0)))
        .function("Cos", 1, 1, "double", a -> Math.cos(a.real(0)))
        .function("Tan", 1, 1, "double", a -> Math.tan(a.real(0)))
        .function("Sign", 1, 1, "int", a -> Comparison.compare(a.some(0), 0));
  }

  private static Object abs(Args a) {
    return switch (a.some(0)) {
      case Integer number when number == Integer.MIN_VALUE ->
          throw ClrException.overflow("an Int32");
      case Integer number -> Math.abs(number);
      case Long number when number == Long.MIN_VALUE -> throw ClrException.overflow("an Int64");
      case Long number -> Math.abs(number);
      case BigDecimal number -> number.abs();
      case Object other -> Math.abs(a.real(0));
    };
  }

  /** The greater or the lesser argument, of the type both are promoted to. */
  private static Object chosen(Args a, boolean greater) {
    Object left = a.some(0);
    Object right = a.some(1);
    Object zero = Operators.apply('-', left, left);
    boolean first = Comparison.compare(left, right) >= 0 == greater;
    Object promoted =
        Operators.apply('+', first ? left : right, Operators.apply('-', right, right));
    Object sum = Operators.apply('+', promoted, zero);
    return sum == null ? left : sum;
  }

  static Object round(Args a) {
    int digits = a.has(1) && a.get(1) instanceof Integer ? a.integer(1) : 0;
    if (digits < 0 || digits > MOST_DIGITS) {
      throw ClrException.range("Rounding digits must be between 0 and 28.");
    }
    boolean away =
        a.isEnum(a.size() - 1, "MidpointRounding")
            && a.enumeration(a.size() - 1).number() == AWAY_FROM_ZERO;
    RoundingMode mode = away ? RoundingMode.HALF_UP : RoundingMode.HALF_EVEN;
    if (a.some(0) instanceof BigDecimal number) {
      return number.scale() <= digits ? number : number.setScale(digits, mode);
    }
    double real = a.real(0);
    if (!Double.isFinite(real)) {
      return real;
    }
    return new BigDecimal(Double.toString(real)).setScale(digits, mode).doubleValue();
  }

  private static Object towards(Args a, RoundingMode mode, DoubleUnaryOperator real) {
    return a.some(0) instanceof BigDecimal number
        ? (Object) number.setScale(0, mode)
        : real.applyAsDouble(a.real(0));
  }
}
