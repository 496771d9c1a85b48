package io.ccrelay.policy.expression.value;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** {@code ToString()} of plain values in the invariant culture. */
public final class Text {

  private static final int SCIENTIFIC_FROM = 15;
  private static final int SCIENTIFIC_BELOW = -5;

  private Text() {}

  /** The text of a value; {@code null} has none, {@code true} is {@code True}. */
  public static String of(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case String text -> text;
      case Boolean truth -> truth ? "True" : "False";
      case Double number -> of(number.doubleValue());
      case BigDecimal number -> number.toPlainString();
      case byte[] ignored -> "System.Byte[]";
      case Object[] ignored -> "System.Object[]";
      default -> value.toString();
    };
  }

  /** The shortest text that reads back as the same number. */
  public static String of(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "Infinity" : "-Infinity";
    }
    if (number == 0) {
      return 1 / number < 0 ? "-0" : "0";
    }
    var decimal = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    int exponent = decimal.precision() - decimal.scale() - 1;
    if (exponent < SCIENTIFIC_FROM && exponent > SCIENTIFIC_BELOW) {
      return decimal.toPlainString();
    }
    return scientific(decimal, exponent);
  }

  private static String scientific(BigDecimal decimal, int exponent) {
    String digits = decimal.unscaledValue().abs().toString();
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    int size = Math.abs(exponent);
    return (decimal.signum() < 0 ? "-" : "")
        + digits.charAt(0)
        + fraction
        + (exponent < 0 ? "E-" : "E+")
        + (size < 10 ? "0" : "")
        + size;
  }
}
