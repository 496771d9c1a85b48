package io.ccrelay.http;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Structured field values (RFC 9651), read strictly: one malformed member fails the whole field.
 * Safe for use from any context.
 */
public final class StructuredFields {

  private StructuredFields() {}

  /** A member of a dictionary. */
  public sealed interface Member {

    /** Parameters in order. */
    Map<String, Bare> parameters();
  }

  /**
   * A single value.
   *
   * @param value the bare value
   * @param parameters its parameters in order
   */
  public record Item(Bare value, Map<String, Bare> parameters) implements Member {}

  /**
   * Several values in parentheses.
   *
   * @param items the values in order
   * @param parameters the parameters of the list as a whole, in order
   */
  public record InnerList(List<Item> items, Map<String, Bare> parameters) implements Member {}

  /** A value without parameters. */
  public sealed interface Bare {}

  /**
   * A whole number of at most 15 digits.
   *
   * @param value the number
   */
  public record Whole(long value) implements Bare {}

  /**
   * A number with at most 12 digits before the point and 3 behind it.
   *
   * @param value the number
   */
  public record Decimal(BigDecimal value) implements Bare {}

  /**
   * A string of printable ASCII characters.
   *
   * @param value the characters without quotes
   */
  public record Text(String value) implements Bare {}

  /**
   * A token.
   *
   * @param value the token
   */
  public record Token(String value) implements Bare {}

  /**
   * A byte sequence.
   *
   * @param base64 the bytes in padded base64
   */
  public record Binary(String base64) implements Bare {}

  /**
   * A truth value.
   *
   * @param value the value
   */
  public record Truth(boolean value) implements Bare {}

  /**
   * A point in time.
   *
   * @param value the time, whole seconds
   */
  public record Date(Instant value) implements Bare {}

  /**
   * A string of Unicode characters.
   *
   * @param value the characters
   */
  public record DisplayText(String value) implements Bare {}

  /**
   * The dictionary that all lines of a field make when joined (RFC 9651 section 4.2.2).
   *
   * @return members by key, in order; empty if the field is malformed
   */
  public static Optional<Map<String, Member>> dictionary(String value) {
    try {
      return Optional.of(new StructuredParser(value).dictionary());
    } catch (StructuredParser.Malformed malformed) {
      return Optional.empty();
    }
  }
}
