package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import io.ccrelay.policy.expression.value.DateReader;
import io.ccrelay.policy.expression.value.DateTime;
import io.ccrelay.policy.expression.value.DateTimeOffset;
import io.ccrelay.policy.expression.value.JProperty;
import io.ccrelay.policy.expression.value.JToken;
import io.ccrelay.policy.expression.value.JValue;
import io.ccrelay.policy.expression.value.TimeSpan;
import io.ccrelay.policy.expression.value.Uri;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The explicit conversions of JSON tokens to plain values. */
final class JsonCasts {

  private JsonCasts() {}

  /** {@code (to)token}, also {@code Value<to>()}. */
  static @Nullable Object cast(JToken token, TypeRef to) {
    if (to.is("object")) {
      return token;
    }
    JToken source = token instanceof JProperty property ? property.value() : token;
    if (!(source instanceof JValue holder)) {
      throw to.type().name().startsWith("J")
          ? ClrException.cast(Types.nameOf(token), to.toString())
          : refused(token, to);
    }
    Object value = holder.value();
    if (value == null) {
      if (to.is("string") || to.nullable() || !Defaults.isValueType(to.type())) {
        return null;
      }
      throw refused(token, to);
    }
    return convert(holder, value, to);
  }

  private static Object convert(JValue holder, Object value, TypeRef to) {
    return switch (to.type().name()) {
      case "string" ->
          value instanceof byte[] bytes
              ? Base64.getEncoder().encodeToString(bytes)
              : holder.toString();
      case "bool" -> Conversions.toBoolean(value);
      case "int", "short", "ushort", "byte", "sbyte" -> Conversions.toInteger(value);
      case "long", "uint", "ulong" -> Conversions.toLong(value);
      case "double", "float" -> Conversions.toDouble(value);
      case "decimal" -> Conversions.toDecimal(value);
      case "char" -> Conversions.toCharacter(value);
      case "DateTime" -> date(value, holder, to);
      case "DateTimeOffset" -> moment(value, holder, to);
      case "Guid" -> guid(value, holder, to);
      case "TimeSpan" -> span(value, holder, to);
      case "Uri" -> value instanceof Uri uri ? uri : Uri.of(holder.toString());
      default -> throw ClrException.cast(Types.nameOf(holder), to.toString());
    };
  }

  private static Object date(Object value, JValue holder, TypeRef to) {
    return switch (value) {
      case DateTime date -> date;
      case DateTimeOffset date -> date.utc();
      case String text -> found(DateReader.dateTime(text));
      default -> throw refused(holder, to);
    };
  }

  private static Object moment(Object value, JValue holder, TypeRef to) {
    return switch (value) {
      case DateTime date -> Casts.offset(date);
      case DateTimeOffset date -> date;
      case String text -> found(DateReader.dateTimeOffset(text));
      default -> throw refused(holder, to);
    };
  }

  private static Object guid(Object value, JValue holder, TypeRef to) {
    return switch (value) {
      case UUID guid -> guid;
      case String text -> found(GuidMembers.read(text));
      default -> throw refused(holder, to);
    };
  }

  private static Object span(Object value, JValue holder, TypeRef to) {
    return switch (value) {
      case TimeSpan span -> span;
      case String text -> found(TimeSpan.read(text));
      default -> throw refused(holder, to);
    };
  }

  private static Object found(@Nullable Object value) {
    if (value == null) {
      throw ClrException.format("String was not recognized as a valid value.");
    }
    return value;
  }

  private static ClrException refused(JToken token, TypeRef to) {
    return ClrException.argument("Can not convert " + token.type().label() + " to " + to + ".");
  }
}
