package io.ccrelay.policy.expression.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A JSON value that is neither object nor array. Immutable but for its parent. */
public final class JValue extends JToken {

  private static final long BYTES = 48;

  private final @Nullable Object value;

  /**
   * @param value {@code null}, a boolean, a number, a text, {@link DateTime}, {@link
   *     DateTimeOffset}, {@link TimeSpan}, {@link Uri}, a {@code UUID} or {@code byte[]}
   * @throws ClrException {@code ArgumentException} for anything else
   */
  public JValue(@Nullable Object value) {
    this.value =
        switch (value) {
          case Integer number -> (Long) number.longValue();
          case Character character -> character.toString();
          case null -> null;
          default -> value;
        };
    if (typeOf(this.value) == Type.NONE) {
      throw ClrException.argument("Could not determine JSON object type for the given value.");
    }
  }

  /** The plain value; whole numbers are {@code Long} or {@code BigInteger}. */
  public @Nullable Object value() {
    return value;
  }

  @Override
  public Type type() {
    return typeOf(value);
  }

  private static Type typeOf(@Nullable Object value) {
    return switch (value) {
      case null -> Type.NULL;
      case Boolean ignored -> Type.BOOLEAN;
      case Long ignored -> Type.INTEGER;
      case BigInteger ignored -> Type.INTEGER;
      case Double ignored -> Type.FLOAT;
      case BigDecimal ignored -> Type.FLOAT;
      case String ignored -> Type.STRING;
      case DateTime ignored -> Type.DATE;
      case DateTimeOffset ignored -> Type.DATE;
      case TimeSpan ignored -> Type.TIME_SPAN;
      case Uri ignored -> Type.URI;
      case UUID ignored -> Type.GUID;
      case byte[] ignored -> Type.BYTES;
      default -> Type.NONE;
    };
  }

  @Override
  public JValue deepClone() {
    return new JValue(value);
  }

  @Override
  public List<JToken> children() {
    return List.of();
  }

  @Override
  public long weight() {
    return BYTES
        + switch (value) {
          case String text -> 2L * text.length();
          case byte[] bytes -> bytes.length;
          case null, default -> 0;
        };
  }

  @Override
  public boolean deepEquals(JToken other) {
    return equals(other);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof JValue that)) {
      return false;
    }
    if (value instanceof byte[] mine && that.value instanceof byte[] theirs) {
      return Arrays.equals(mine, theirs);
    }
    return Objects.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return value instanceof byte[] bytes ? Arrays.hashCode(bytes) : Objects.hashCode(value);
  }

  /** The plain text of the value: nothing for {@code null}, {@code True} for a boolean. */
  @Override
  public String toString() {
    return Text.of(value);
  }
}
