package io.ccrelay.policy.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;

/** Number literals with their suffixes. */
final class NumberLiteral {

  private static final int LONGEST = 64;

  private NumberLiteral() {}

  /** Index after the literal that begins at {@code from}. */
  static int end(String source, int from, int to) {
    int at = from;
    boolean based = isBased(source, from, to);
    while (at < to && belongs(source, at, to, based)) {
      at++;
    }
    return at;
  }

  private static boolean isBased(String source, int from, int to) {
    return from + 1 < to
        && source.charAt(from) == '0'
        && "xXbB".indexOf(source.charAt(from + 1)) >= 0;
  }

  private static boolean belongs(String source, int at, int to, boolean based) {
    char c = source.charAt(at);
    if (Character.isLetterOrDigit(c) || c == '_') {
      return true;
    }
    if (c == '.') {
      return !based && at + 1 < to && Character.isDigit(source.charAt(at + 1));
    }
    return (c == '+' || c == '-') && !based && "eE".indexOf(source.charAt(at - 1)) >= 0;
  }

  static Object value(String source, int from, int to) {
    String text = source.substring(from, to).replace("_", "").toLowerCase(Locale.ROOT);
    try {
      if (text.length() > LONGEST) {
        throw new Syntax(from, "number is too long");
      }
      if (text.startsWith("0x") || text.startsWith("0b")) {
        boolean isLong = text.endsWith("l");
        String digits = text.substring(2).replaceAll("[ul]+$", "");
        return whole(new BigInteger(digits, text.charAt(1) == 'x' ? 16 : 2), isLong, from);
      }
      return decimal(text, from);
    } catch (NumberFormatException none) {
      throw new Syntax(from, "'" + source.substring(from, to) + "' is not a number");
    }
  }

  private static Object decimal(String text, int from) {
    String digits = text.substring(0, text.length() - 1);
    return switch (text.charAt(text.length() - 1)) {
      case 'm' -> new BigDecimal(digits);
      case 'd', 'f' -> Double.valueOf(digits);
      case 'l', 'u' ->
          whole(new BigInteger(text.replaceAll("[ul]+$", "")), text.contains("l"), from);
      default ->
          text.chars().allMatch(Character::isDigit)
              ? whole(new BigInteger(text), false, from)
              : (Object) Double.valueOf(text);
    };
  }

  private static Object whole(BigInteger value, boolean isLong, int from) {
    if (value.bitLength() < Integer.SIZE && !isLong) {
      return value.intValue();
    }
    if (value.bitLength() < Long.SIZE) {
      return value.longValue();
    }
    throw new Syntax(from, "integral constant is too large");
  }
}
