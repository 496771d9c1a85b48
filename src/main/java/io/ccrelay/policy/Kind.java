package io.ccrelay.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What an attribute may hold.
 *
 * @param expected for messages
 * @param fill stands for a value that is missing or wrong, until the document is refused
 * @param parse the meaning of a literal; empty if it has none
 */
record Kind<T>(Class<T> type, String expected, T fill, Function<String, Optional<T>> parse) {

  /** Any text. */
  static final Kind<String> TEXT = new Kind<>(String.class, "a text", "", Optional::of);

  /** Any text, without the blanks around it. */
  static final Kind<String> TRIMMED =
      new Kind<>(String.class, "a text", "", text -> Optional.of(text.strip()));

  /** A text that is not blank, without the blanks around it. */
  static final Kind<String> NAME =
      new Kind<>(
          String.class, "a name", "", text -> Optional.of(text.strip()).filter(s -> !s.isEmpty()));

  /** A text, or whatever an expression gives. */
  static final Kind<Object> ANY = new Kind<>(Object.class, "a value", "", Optional::of);

  /** A truth value. */
  static final Kind<Boolean> FLAG =
      new Kind<>(
          Boolean.class,
          "true or false",
          false,
          text ->
              switch (text.strip().toLowerCase(Locale.ROOT)) {
                case "true" -> Optional.of(true);
                case "false" -> Optional.of(false);
                default -> Optional.empty();
              });

  /** Any number from 0 on. */
  static final Kind<Integer> COUNT = whole(0, Integer.MAX_VALUE);

  /** Any number from 1 on. */
  static final Kind<Integer> POSITIVE = whole(1, Integer.MAX_VALUE);

  /** A status code. */
  static final Kind<Integer> STATUS = whole(100, 999);

  /** A whole number, both bounds included. */
  static Kind<Integer> whole(int least, int most) {
    String expected =
        most == Integer.MAX_VALUE
            ? "a whole number from " + least
            : "a whole number from " + least + " to " + most;
    return new Kind<>(
        Integer.class, expected, least, text -> number(text, least, most).map(Math::toIntExact));
  }

  /** A whole number from 1 on, of 64 bits. */
  static Kind<Long> large() {
    return new Kind<>(
        Long.class, "a whole number from 1", 1L, text -> number(text, 1, Long.MAX_VALUE));
  }

  /** A number with a fraction, both bounds included. */
  static Kind<Double> real(double least, double most) {
    return new Kind<>(
        Double.class,
        "a number from " + least + " to " + most,
        least,
        text -> decimal(text).filter(value -> value >= least && value <= most));
  }

  /** One of the words of an enum. */
  static <E extends Enum<E> & Token> Kind<E> word(Class<E> type) {
    return word(type, List.of(type.getEnumConstants()));
  }

  /** One of some words of an enum. */
  static <E extends Enum<E> & Token> Kind<E> word(Class<E> type, List<E> words) {
    return new Kind<>(
        type,
        words.stream().map(Token::token).collect(Collectors.joining(", ")),
        words.getFirst(),
        text ->
            words.stream().filter(word -> word.token().equalsIgnoreCase(text.strip())).findFirst());
  }

  /** The words of {@code type} as texts. */
  static <E extends Enum<E> & Token> List<String> tokens(Class<E> type) {
    return Arrays.stream(type.getEnumConstants()).map(Token::token).toList();
  }

  /** A literal of this kind. */
  PolicyValue<T> literal(T value) {
    return new PolicyValue.Literal<>(type, value);
  }

  private static Optional<Long> number(String text, long least, long most) {
    String digits = text.strip();
    if (!digits.matches("[+-]?[0-9]{1,18}")) {
      return Optional.empty();
    }
    long value = Long.parseLong(digits);
    return value >= least && value <= most ? Optional.of(value) : Optional.empty();
  }

  private static Optional<Double> decimal(String text) {
    String digits = text.strip();
    return digits.matches("[+-]?[0-9]{0,9}(\\.[0-9]{0,18})?") && digits.matches(".*[0-9].*")
        ? Optional.of(Double.parseDouble(digits))
        : Optional.empty();
  }
}
