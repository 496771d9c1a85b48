package io.ccrelay.config;

import io.ccrelay.config.Node.Scalar;
import io.ccrelay.config.Node.Style;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a scalar means for a setting of a given kind, with the leniency of the original's parsers:
 * plain YAML is read as whatever is asked for, quoted YAML and TOML keep their types. Empty: it
 * cannot be read so.
 */
final class Scalars {

  private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
  private static final Set<String> FALSE = Set.of("false", "False", "FALSE");
  private static final Set<String> YES = Set.of("y", "Y", "yes", "Yes", "YES", "on", "On", "ON");
  private static final Set<String> NO = Set.of("n", "N", "no", "No", "NO", "off", "Off", "OFF");

  private static final Pattern INTEGER =
      Pattern.compile("([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)");

  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?");

  private static final int LONGEST_NUMBER = 64;

  /**
   * TOML integers are nanoseconds; below this bound milliseconds or seconds were probably meant.
   */
  private static final long LEAST_NANOS = 1_000_000;

  private Scalars() {}

  /** A text; numbers and booleans of YAML are texts too. */
  static Optional<String> text(Scalar scalar) {
    return switch (scalar.style()) {
      case PLAIN, QUOTED, TOML_TEXT -> Optional.of(scalar.text());
      case TOML_INTEGER, TOML_BOOLEAN, TOML_OTHER -> Optional.empty();
    };
  }

  /** True or false, also {@code yes no on off} in YAML. */
  static Optional<Boolean> flag(Scalar scalar) {
    String text = scalar.text();
    boolean yaml = scalar.style() == Style.PLAIN || scalar.style() == Style.QUOTED;
    boolean typed = scalar.style() == Style.PLAIN || scalar.style() == Style.TOML_BOOLEAN;
    if ((typed && TRUE.contains(text)) || (yaml && YES.contains(text))) {
      return Optional.of(true);
    }
    boolean no = (typed && FALSE.contains(text)) || (yaml && NO.contains(text));
    return no ? Optional.of(false) : Optional.empty();
  }

  /**
   * A whole number: {@code 600_000}, {@code 0x10}, {@code 010} (eight), {@code 1e3}, {@code 5.0}.
   */
  static Optional<Long> whole(Scalar scalar) {
    return switch (scalar.style()) {
      case TOML_INTEGER -> Optional.of(Long.valueOf(scalar.text()));
      case PLAIN -> yamlInteger(scalar.text().replace("_", ""));
      case QUOTED, TOML_TEXT, TOML_BOOLEAN, TOML_OTHER -> Optional.empty();
    };
  }

  /** A number, with or without a fraction; in TOML a float or an integer. */
  static Optional<BigDecimal> decimal(Scalar scalar) {
    boolean number = scalar.style() != Style.QUOTED && scalar.style() != Style.TOML_TEXT;
    return number
            && scalar.text().length() <= LONGEST_NUMBER
            && DECIMAL.matcher(scalar.text()).matches()
        ? Optional.of(new BigDecimal(scalar.text()))
        : Optional.empty();
  }

  /** A time such as {@code 5s} or {@code "1m30s"}; in TOML also an integer of nanoseconds. */
  static Optional<Duration> duration(Scalar scalar) {
    return switch (scalar.style()) {
      case PLAIN, QUOTED, TOML_TEXT -> Durations.parse(scalar.text());
      case TOML_INTEGER -> nanos(Long.parseLong(scalar.text()));
      case TOML_BOOLEAN, TOML_OTHER -> Optional.empty();
    };
  }

  /** A number of bytes: a whole number, or a text such as {@code 8MiB}. */
  static Optional<Long> size(Scalar scalar) {
    return whole(scalar).or(() -> text(scalar).flatMap(Sizes::parse));
  }

  private static Optional<Duration> nanos(long nanos) {
    boolean ambiguous = nanos != 0 && nanos > -LEAST_NANOS && nanos < LEAST_NANOS;
    return ambiguous ? Optional.empty() : Optional.of(Duration.ofNanos(nanos));
  }

  private static Optional<Long> yamlInteger(String text) {
    if (text.length() > LONGEST_NUMBER) {
      return Optional.empty();
    }
    var integer = INTEGER.matcher(text);
    if (integer.matches()) {
      BigInteger magnitude = magnitude(integer.group(2).toLowerCase(Locale.ROOT));
      return exact(integer.group(1).equals("-") ? magnitude.negate() : magnitude);
    }
    return DECIMAL.matcher(text).matches() ? whole(new BigDecimal(text)) : Optional.empty();
  }

  private static BigInteger magnitude(String digits) {
    if (digits.startsWith("0x")) {
      return new BigInteger(digits.substring(2), 16);
    }
    if (digits.startsWith("0b")) {
      return new BigInteger(digits.substring(2), 2);
    }
    if (digits.startsWith("0")) {
      return new BigInteger(digits.replace("o", ""), 8);
    }
    return new BigInteger(digits);
  }

  private static Optional<Long> whole(BigDecimal number) {
    boolean integral = number.stripTrailingZeros().scale() <= 0;
    return integral ? exact(number.toBigInteger()) : Optional.empty();
  }

  private static Optional<Long> exact(BigInteger number) {
    return number.bitLength() < Long.SIZE ? Optional.of(number.longValue()) : Optional.empty();
  }
}
