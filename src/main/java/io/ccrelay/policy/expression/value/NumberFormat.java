package io.ccrelay.policy.expression.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Standard numeric formats in the invariant culture; custom ones are {@link NumberPattern}'s. */
public final class NumberFormat {

  private static final int MOST_DIGITS = 999;
  private static final int GENERAL_DIGITS = 15;

  private NumberFormat() {}

  /**
   * Formats a number.
   *
   * @param number an {@code Integer}, {@code Long}, {@code Double} or {@code BigDecimal}
   * @param format a letter with an optional precision, or a custom pattern
   * @throws ClrException {@code FormatException} if the format does not fit the number
   */
  public static String format(Number number, String format) {
    if (format.isEmpty()) {
      return Text.of(number);
    }
    if (number instanceof Double real && !Double.isFinite(real)) {
      return Text.of(number);
    }
    int precision = precision(format);
    if (precision == -2) {
      return NumberPattern.format(exact(number), format);
    }
    char letter = format.charAt(0);
    boolean whole = number instanceof Integer || number instanceof Long;
    return switch (Character.toUpperCase(letter)) {
      case 'D' -> decimal(whole(whole, number), precision);
      case 'X' -> hexadecimal(whole(whole, number), precision, letter == 'x');
      case 'F' -> fixed(exact(number), precision < 0 ? 2 : precision, false);
      case 'N' -> fixed(exact(number), precision < 0 ? 2 : precision, true);
      case 'P' -> percent(exact(number), precision < 0 ? 2 : precision);
      case 'C' -> currency(exact(number), precision < 0 ? 2 : precision);
      case 'E' -> exponential(exact(number), precision < 0 ? 6 : precision, letter);
      case 'G', 'R' -> general(number, letter, precision);
      default -> throw invalid();
    };
  }

  /** The precision of a standard format, -1 if it has none, -2 if the format is a custom one. */
  private static int precision(String format) {
    if (!Character.isLetter(format.charAt(0)) || format.length() > 4) {
      return -2;
    }
    for (int i = 1; i < format.length(); i++) {
      if (!Character.isDigit(format.charAt(i))) {
        return -2;
      }
    }
    return format.length() == 1 ? -1 : Math.min(MOST_DIGITS, Integer.parseInt(format.substring(1)));
  }

  private static Number whole(boolean whole, Number number) {
    if (!whole) {
      throw invalid();
    }
    return number;
  }

  private static ClrException invalid() {
    return ClrException.format("Format specifier was invalid.");
  }

  static BigDecimal exact(Number number) {
    return switch (number) {
      case BigDecimal decimal -> decimal;
      case BigInteger integer -> new BigDecimal(integer);
      case Double real -> new BigDecimal(Double.toString(real));
      default -> BigDecimal.valueOf(number.longValue());
    };
  }

  private static String decimal(Number number, int precision) {
    String digits = BigInteger.valueOf(number.longValue()).abs().toString();
    return (number.longValue() < 0 ? "-" : "") + padded(digits, precision);
  }

  private static String hexadecimal(Number number, int precision, boolean small) {
    String digits =
        number instanceof Integer
            ? Integer.toHexString(number.intValue())
            : Long.toHexString(number.longValue());
    return padded(small ? digits : digits.toUpperCase(Locale.ROOT), precision);
  }

  private static String padded(String digits, int width) {
    return "0".repeat(Math.max(0, width - digits.length())) + digits;
  }

  private static String fixed(BigDecimal number, int precision, boolean grouped) {
    BigDecimal rounded = number.setScale(precision, RoundingMode.HALF_UP);
    String digits = rounded.abs().toPlainString();
    int point = digits.indexOf('.') < 0 ? digits.length() : digits.indexOf('.');
    String whole = digits.substring(0, point);
    return (rounded.signum() < 0 ? "-" : "")
        + (grouped ? grouped(whole) : whole)
        + digits.substring(point);
  }

  static String grouped(String digits) {
    var out = new StringBuilder(digits);
    for (int at = digits.length() - 3; at > 0; at -= 3) {
      out.insert(at, ',');
    }
    return out.toString();
  }

  private static String percent(BigDecimal number, int precision) {
    return fixed(number.movePointRight(2), precision, true) + " %";
  }

  private static String currency(BigDecimal number, int precision) {
    String amount = "\u00A4" + fixed(number.abs(), precision, true);
    return number.signum() < 0 ? "(" + amount + ")" : amount;
  }

  private static String exponential(BigDecimal number, int precision, char letter) {
    var rounded =
        number.signum() == 0
            ? BigDecimal.ZERO
            : number.round(new MathContext(precision + 1, RoundingMode.HALF_UP));
    int exponent = rounded.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
    String digits = rounded.unscaledValue().abs().toString();
    digits = (digits + "0".repeat(precision + 1)).substring(0, precision + 1);
    return (number.signum() < 0 ? "-" : "")
        + digits.charAt(0)
        + (precision > 0 ? "." + digits.substring(1) : "")
        + letter
        + (exponent < 0 ? '-' : '+')
        + padded(Integer.toString(Math.abs(exponent)), 3);
  }

  private static String general(Number number, char letter, int precision) {
    if (letter == 'R' || letter == 'r' || precision <= 0) {
      return Text.of(number);
    }
    var rounded =
        exact(number)
            .round(new MathContext(Math.min(precision, GENERAL_DIGITS), RoundingMode.HALF_UP));
    return number instanceof Double
        ? Text.of(rounded.doubleValue())
        : rounded.stripTrailingZeros().toPlainString();
  }
}
