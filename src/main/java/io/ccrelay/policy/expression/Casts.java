package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import io.ccrelay.policy.expression.value.DateTime;
import io.ccrelay.policy.expression.value.DateTimeOffset;
import io.ccrelay.policy.expression.value.JToken;
import io.ccrelay.policy.expression.value.JValue;
import io.ccrelay.policy.expression.value.XAttribute;
import io.ccrelay.policy.expression.value.XElement;
import io.ccrelay.policy.expression.value.XName;
import io.ccrelay.policy.expression.value.XNamespace;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conversions: casts, declarations, {@code is}. */
final class Casts {

  private static final BigDecimal GREATEST_DECIMAL =
      new BigDecimal(BigInteger.TWO.pow(96).subtract(BigInteger.ONE));

  private Casts() {}

  /**
   * {@code (to)value}.
   *
   * @param boxed whether the static type of the value is {@code object}: then only its own type
   *     fits
   */
  static @Nullable Object cast(@Nullable Object value, TypeRef to, boolean boxed) {
    if (value == null) {
      return nothing(to);
    }
    if (to.rank() > 0) {
      return array(value, to);
    }
    if (value instanceof JToken token && !to.type().accepts(token)) {
      return JsonCasts.cast(token, to);
    }
    if (to.type().accepts(value)) {
      return value;
    }
    if (value instanceof XElement || value instanceof XAttribute) {
      return markup(value, to);
    }
    return boxed ? refuse(value, to) : convert(value, to);
  }

  /** An element or an attribute as the value that its text is. */
  private static @Nullable Object markup(Object value, TypeRef to) {
    String text =
        value instanceof XElement element ? element.value() : ((XAttribute) value).value();
    return JsonCasts.cast(new JValue(to.is("string") ? text : text.strip()), to);
  }

  private static @Nullable Object nothing(TypeRef to) {
    if (to.rank() == 0 && !to.nullable() && Defaults.isValueType(to.type())) {
      throw ClrException.nullReference();
    }
    return null;
  }

  private static Object array(Object value, TypeRef to) {
    boolean fits = isBytes(to) ? value instanceof byte[] : value instanceof Object[];
    if (!fits) {
      throw ClrException.cast(Types.nameOf(value), to.toString());
    }
    return value;
  }

  private static boolean isBytes(TypeRef type) {
    return type.rank() == 1 && type.type().name().equals("byte");
  }

  private static Object refuse(Object value, TypeRef to) {
    throw ClrException.cast(Types.nameOf(value), to.toString());
  }

  private static Object convert(Object value, TypeRef to) {
    if (value instanceof ClrEnum constant && to.is("int")) {
      return constant.number();
    }
    if (value instanceof DateTime && to.is("DateTimeOffset")) {
      return offset(value);
    }
    if (to.is("JToken") || to.is("JValue")) {
      return JToken.of(value);
    }
    if (value instanceof String text && to.is("XNamespace")) {
      return new XNamespace(text);
    }
    if (value instanceof String text && to.is("XName")) {
      return XName.of(text);
    }
    if (!Operators.isNumeric(value)) {
      return refuse(value, to);
    }
    return number(Operators.number(value), to);
  }

  private static Object number(Number value, TypeRef to) {
    return switch (to.type().name()) {
      case "int" -> (int) narrow(value);
      case "long", "ulong" -> narrow(value);
      case "uint" -> narrow(value) & 0xFFFF_FFFFL;
      case "short" -> (int) (short) narrow(value);
      case "ushort" -> (int) narrow(value) & 0xFFFF;
      case "byte" -> (int) narrow(value) & 0xFF;
      case "sbyte" -> (int) (byte) narrow(value);
      case "char" -> (char) narrow(value);
      case "double" -> value.doubleValue();
      case "float" -> (double) value.floatValue();
      case "decimal" -> toDecimal(value);
      default -> refuse(value, to);
    };
  }

  private static long narrow(Number value) {
    if (value instanceof BigDecimal decimal) {
      BigDecimal whole = decimal.setScale(0, RoundingMode.DOWN);
      if (whole.precision() > 19) {
        throw ClrException.overflow("an Int64");
      }
      return whole.longValue();
    }
    return value.longValue();
  }

  static BigDecimal toDecimal(Number value) {
    if (value instanceof Double real) {
      if (!Double.isFinite(real)) {
        throw ClrException.overflow("a Decimal");
      }
      return checkedDecimal(new BigDecimal(Double.toString(real)).stripTrailingZeros());
    }
    return Operators.decimal(value);
  }

  static BigDecimal checkedDecimal(BigDecimal value) {
    if (value.abs().compareTo(GREATEST_DECIMAL) > 0) {
      throw ClrException.overflow("a Decimal");
    }
    BigDecimal kept = value.scale() < 0 ? value.setScale(0, RoundingMode.UNNECESSARY) : value;
    return kept.scale() > 28 ? kept.setScale(28, RoundingMode.HALF_EVEN) : kept;
  }

  /** The conversion of an assignment: widens numbers, makes tokens of plain values. */
  static @Nullable Object assign(@Nullable Object value, TypeRef to) {
    if (value instanceof JToken token && !to.type().accepts(token) && to.rank() == 0) {
      return refuse(token, to);
    }
    if (value instanceof Number number && narrows(number, to)) {
      return refuse(number, to);
    }
    return cast(value, to, false);
  }

  private static boolean narrows(Number value, TypeRef to) {
    return switch (to.type().name()) {
      case "int", "short", "byte", "char", "ushort", "sbyte" -> !(value instanceof Integer);
      case "long", "uint", "ulong" -> !(value instanceof Integer || value instanceof Long);
      case "double", "float" -> value instanceof BigDecimal;
      case "decimal" -> value instanceof Double;
      default -> false;
    };
  }

  /** {@code value is type}. */
  static boolean is(@Nullable Object value, TypeRef type) {
    if (value == null) {
      return false;
    }
    if (type.rank() > 0) {
      return isBytes(type) ? value instanceof byte[] : value instanceof Object[];
    }
    return type.type().accepts(value);
  }

  /** {@code default(type)}. */
  static @Nullable Object defaultOf(TypeRef type) {
    if (type.rank() > 0 || type.nullable()) {
      return null;
    }
    return Defaults.of(type.type());
  }

  /** A moment with its offset; a date without one is in UTC. */
  static DateTimeOffset offset(Object moment) {
    return switch (moment) {
      case DateTimeOffset offset -> offset;
      case DateTime date -> new DateTimeOffset(date, 0);
      default -> throw ClrException.cast(Types.nameOf(moment), "System.DateTimeOffset");
    };
  }

  /** A reference to a type without arguments. */
  static TypeRef plain(ClrType type) {
    return new TypeRef(type, List.of(), 0, false);
  }
}
