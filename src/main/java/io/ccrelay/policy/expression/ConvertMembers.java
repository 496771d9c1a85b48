package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import io.ccrelay.policy.expression.value.DateReader;
import io.ccrelay.policy.expression.value.DateTime;
import io.ccrelay.policy.expression.value.JValue;
import java.math.BigInteger;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** {@code System.Convert}. */
final class ConvertMembers {

  private ConvertMembers() {}

  static void fill() {
    ClrType type = Types.declare("System", "Convert", "", value -> false);
    type.function("ToInt32", 1, 2, "int", ConvertMembers::toInteger)
        .function("ToInt16", 1, 1, "int", a -> Conversions.toInteger(plain(a)))
        .function("ToByte", 1, 2, "int", a -> octet(toInteger(a)))
        .function("ToInt64", 1, 2, "long", ConvertMembers::toLong)
        .function("ToUInt32", 1, 1, "long", a -> Conversions.toLong(plain(a)))
        .function("ToUInt64", 1, 1, "long", a -> Conversions.toLong(plain(a)))
        .function("ToDouble", 1, 2, "double", a -> Conversions.toDouble(plain(a)))
        .function("ToSingle", 1, 2, "double", a -> Conversions.toDouble(plain(a)))
        .function("ToDecimal", 1, 2, "decimal", a -> Conversions.toDecimal(plain(a)))
        .function("ToBoolean", 1, 2, "bool", a -> Conversions.toBoolean(plain(a)))
        .function("ToChar", 1, 1, "char", a -> Conversions.toCharacter(a.some(0)))
        .function("ToString", 1, 2, "string", ConvertMembers::toText)
        .function("ToDateTime", 1, 2, "DateTime", ConvertMembers::toDate)
        .function("ToBase64String", 1, 2, "string", ConvertMembers::toBase64)
        .function("FromBase64String", 1, 1, "", ConvertMembers::fromBase64);
  }

  private static @Nullable Object plain(Args a) {
    return a.get(0) instanceof JValue value ? value.value() : a.get(0);
  }

  private static int octet(int value) {
    if (value < 0 || value > 0xFF) {
      throw ClrException.overflow("an unsigned byte");
    }
    return value;
  }

  private static int toInteger(Args a) {
    if (a.has(1) && a.get(1) instanceof Integer) {
      return (int) based(a, Integer.SIZE);
    }
    return Conversions.toInteger(plain(a));
  }

  private static long toLong(Args a) {
    return a.has(1) && a.get(1) instanceof Integer
        ? based(a, Long.SIZE)
        : Conversions.toLong(plain(a));
  }

  private static long based(Args a, int bits) {
    int radix = radix(a.integer(1));
    String digits = a.text(0).strip();
    String bare =
        radix == 16 && digits.regionMatches(true, 0, "0x", 0, 2) ? digits.substring(2) : digits;
    try {
      if (radix == 10) {
        return Conversions.parse(bare, bits, "an Int" + bits);
      }
      return bits == Integer.SIZE
          ? Integer.parseUnsignedInt(bare, radix)
          : Long.parseUnsignedLong(bare, radix);
    } catch (NumberFormatException none) {
      throw ClrException.format("Could not find any recognizable digits.");
    }
  }

  private static int radix(int base) {
    if (base != 2 && base != 8 && base != 10 && base != 16) {
      throw ClrException.argument("Invalid Base.");
    }
    return base;
  }

  private static String toText(Args a) {
    if (a.has(1) && a.get(1) instanceof Integer && a.get(0) instanceof Number number) {
      int radix = radix(a.integer(1));
      boolean wide = number instanceof Long;
      return radix == 10
          ? number.toString()
          : new BigInteger(
                  wide
                      ? Long.toUnsignedString(number.longValue())
                      : Integer.toUnsignedString(number.intValue()))
              .toString(radix);
    }
    return Texts.of(a.get(0), a.frame);
  }

  private static DateTime toDate(Args a) {
    if (plain(a) instanceof DateTime date) {
      return date;
    }
    DateTime date = DateReader.dateTime(a.text(0));
    if (date == null) {
      throw ClrException.format("String was not recognized as a valid DateTime.");
    }
    return date;
  }

  private static String toBase64(Args a) {
    byte[] bytes = a.bytes(0);
    a.budget().allocate(3L * bytes.length);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] fromBase64(Args a) {
    String text = a.text(0);
    a.budget().allocate(text.length());
    try {
      String bare =
          text.indexOf(' ') >= 0 || text.indexOf('\n') >= 0 ? text.replaceAll("\\s", "") : text;
      if (bare.length() % 4 != 0) {
        throw badBase64();
      }
      return Base64.getDecoder().decode(bare);
    } catch (IllegalArgumentException wrong) {
      throw badBase64();
    }
  }

  private static ClrException badBase64() {
    return ClrException.format(
        "The input is not a valid Base-64 string as it contains a non-base 64 character, more than"
            + " two padding characters, or an illegal character among the padding characters.");
  }
}
