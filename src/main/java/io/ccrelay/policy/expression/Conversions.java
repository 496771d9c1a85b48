package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code System.Convert} and the {@code Parse} methods of numbers. */
final class Conversions {

  private static final int LONGEST = 400;

  private Conversions() {}

  /** An integer of decimal digits with an optional sign; {@code null} if the text is none. */
  static @Nullable BigInteger whole(String text) {
    String digits = text.strip();
    int sign = digits.startsWith("-") || digits.startsWith("+") ? 1 : 0;
    boolean valid = digits.length() > sign && digits.length() < LONGEST;
    for (int i = sign; i < digits.length() && valid; i++) {
      valid = digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
    }
    return valid ? new BigInteger(digits) : null;
  }

  /** A number with point, exponent and thousands separators; {@code null} if the text is none. */
  static @Nullable BigDecimal decimal(String text) {
    String digits = text.strip().replace(",", "");
    boolean valid = !digits.isEmpty() && digits.length() < LONGEST;
    for (int i = 0; i < digits.length() && valid; i++) {
      valid = "0123456789.+-eE".indexOf(digits.charAt(i)) >= 0;
    }
    try {
      BigDecimal number = valid ? new BigDecimal(digits) : null;
      return number == null || Math.abs((long) number.scale()) > LONGEST ? null : number;
    } catch (NumberFormatException none) {
      return null;
    }
  }

  /** A number as {@code double.Parse} reads it; {@code null} if the text is none. */
  static @Nullable Double real(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "nan" -> Double.NaN;
      case "infinity", "∞" -> Double.POSITIVE_INFINITY;
      case "-infinity", "-∞" -> Double.NEGATIVE_INFINITY;
      default -> {
        BigDecimal number = decimal(text);
        yield number == null ? null : (Double) number.doubleValue();
      }
    };
  }

  static long parse(String text, int bits, String type) {
    BigInteger value = whole(text);
    if (value == null) {
      throw wrongFormat();
    }
    return fitting(value, bits, type);
  }

  private static long fitting(BigInteger value, int bits, String type) {
    if (value.bitLength() >= bits) {
      throw ClrException.overflow(type);
    }
    return value.longValue();
  }

  static ClrException wrongFormat() {
    return ClrException.format("Input string was not in a correct format.");
  }

  static int toInteger(@Nullable Object value) {
    return (int) toWhole(value, Integer.SIZE, "an Int32");
  }

  static long toLong(@Nullable Object value) {
    return toWhole(value, Long.SIZE, "an Int64");
  }

  private static long toWhole(@Nullable Object value, int bits, String type) {
    return switch (value) {
      case null -> 0;
      case Integer number -> number;
      case Long number -> fitting(BigInteger.valueOf(number), bits, type);
      case BigInteger number -> fitting(number, bits, type);
      case Boolean truth -> truth ? 1 : 0;
      case Character character -> character;
      case String text -> parse(text, bits, type);
      case Double real when !Double.isFinite(real) -> throw ClrException.overflow(type);
      case Double real -> rounded(new BigDecimal(real), bits, type);
      case BigDecimal number -> rounded(number, bits, type);
      case ClrEnum constant -> constant.number();
      default -> throw ClrException.cast(Types.nameOf(value), "System.IConvertible");
    };
  }

  private static long rounded(BigDecimal value, int bits, String type) {
    return fitting(value.setScale(0, RoundingMode.HALF_EVEN).toBigInteger(), bits, type);
  }

  static double toDouble(@Nullable Object value) {
    return switch (value) {
      case null -> 0;
      case Number number -> number.doubleValue();
      case Boolean truth -> truth ? 1 : 0;
      case String text -> {
        Double real = real(text);
        if (real == null) {
          throw wrongFormat();
        }
        yield real;
      }
      default -> throw ClrException.cast(Types.nameOf(value), "System.Double");
    };
  }

  static BigDecimal toDecimal(@Nullable Object value) {
    return switch (value) {
      case null -> BigDecimal.ZERO;
      case BigInteger number -> Casts.checkedDecimal(new BigDecimal(number));
      case Number number -> Casts.toDecimal(number);
      case Boolean truth -> truth ? BigDecimal.ONE : BigDecimal.ZERO;
      case String text -> {
        BigDecimal number = decimal(text);
        if (number == null) {
          throw wrongFormat();
        }
        yield Casts.checkedDecimal(number);
      }
      default -> throw ClrException.cast(Types.nameOf(value), "System.Decimal");
    };
  }

  static boolean toBoolean(@Nullable Object value) {
    return switch (value) {
      case null -> false;
      case Boolean truth -> truth;
      case Number number -> number.doubleValue() != 0;
      case String text -> {
        Boolean truth = truth(text);
        if (truth == null) {
          throw ClrException.format("String '" + text + "' was not recognized as a valid Boolean.");
        }
        yield truth;
      }
      default -> throw ClrException.cast(Types.nameOf(value), "System.Boolean");
    };
  }

  static @Nullable Boolean truth(String text) {
    String word = text.strip();
    return word.equalsIgnoreCase("true")
        ? Boolean.TRUE
        : word.equalsIgnoreCase("false") ? Boolean.FALSE : null;
  }

  static char toCharacter(Object value) {
    return switch (value) {
      case Character character -> character;
      case String text when text.length() == 1 -> text.charAt(0);
      case Integer number -> (char) number.intValue();
      case Long number -> (char) number.longValue();
      default -> throw ClrException.format("String must be exactly one character long.");
    };
  }
}
