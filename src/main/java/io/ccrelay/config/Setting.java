package io.ccrelay.config;

import io.ccrelay.config.Node.Mapping;
import io.ccrelay.config.Node.Scalar;
import io.ccrelay.config.Node.Sequence;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One setting: its value, if it has one, and where it stands. A value that is wrong is reported and
 * reads as absent. Confined to the reading thread.
 *
 * @param path its name from the root of the file
 * @param at where it stands; where its section begins if it is absent
 */
record Setting(Problems problems, String path, Position at, Optional<Node> value) {

  Optional<String> text() {
    return read(Scalars::text, "text");
  }

  Optional<Boolean> flag() {
    return read(Scalars::flag, "true or false");
  }

  Optional<Long> whole() {
    return read(Scalars::whole, "a whole number");
  }

  /** A whole number from {@code least} to {@code most}. */
  Optional<Long> whole(long least, long most) {
    return whole().filter(number -> within(number, least, most));
  }

  /** A number, with or without a fraction. */
  Optional<BigDecimal> decimal() {
    return read(Scalars::decimal, "a number");
  }

  /** A number from {@code least} to {@code most}. */
  Optional<Double> decimal(double least, double most) {
    return decimal()
        .map(BigDecimal::doubleValue)
        .filter(number ->
            (number >= least && number <= most)
                || wrong("is " + number + " (expected: from " + least + " to " + most + ")"));
  }

  /** A number of bytes from {@code least} to {@code most}. */
  Optional<Long> size(long least, long most) {
    return read(Scalars::size, "bytes or a size such as 8MiB")
        .filter(bytes -> within(bytes, least, most));
  }

  Optional<Duration> duration() {
    return read(
        scalar -> isBareZero(scalar) ? Optional.of(Duration.ZERO) : Scalars.duration(scalar),
        "a time with its unit, such as 250ms, 5s or 1m30s");
  }

  /** A time from {@code least} to {@code most}. */
  Optional<Duration> duration(Duration least, Duration most) {
    return duration()
        .filter(time ->
            (time.compareTo(least) >= 0 && time.compareTo(most) <= 0)
                || wrong("must be from " + Durations.text(least) + " to " + Durations.text(most)));
  }

  /** The texts of a list; nulls in it are left out. */
  List<String> texts() {
    return items().stream().flatMap(item -> read(item, Scalars::text, "text").stream()).toList();
  }

  /** The items of a list; nulls in it are left out. */
  List<Node> items() {
    return switch (value.orElse(new Node.Null(at))) {
      case Sequence list ->
          list.items().stream().filter(item -> !(item instanceof Node.Null)).toList();
      case Node.Null _ -> List.of();
      case Node other -> {
        problem("is " + other.kind() + " (expected: a list)");
        yield List.of();
      }
    };
  }

  /**
   * A section.
   *
   * @param foldsCase of the one that stands for an absent section
   */
  Mapping mapping(boolean foldsCase) {
    return switch (value.orElse(new Node.Null(at))) {
      case Mapping found -> found;
      case Node.Null _ -> new Mapping(at, List.of(), foldsCase);
      case Node other -> {
        problem("is " + other.kind() + " (expected: a section)");
        yield new Mapping(other.at(), List.of(), foldsCase);
      }
    };
  }

  /** Whether it is a single value, neither a list nor a section. */
  boolean isScalar() {
    return value.filter(Scalar.class::isInstance).isPresent();
  }

  /** Whether it is the number 0 without a unit in YAML. */
  boolean isBareZero() {
    return value.filter(node -> node instanceof Scalar it && isBareZero(it)).isPresent();
  }

  private static boolean isBareZero(Scalar scalar) {
    return scalar.style() == Node.Style.PLAIN && scalar.text().equals("0");
  }

  private void problem(String message) {
    problems.error(at, path, message);
  }

  private boolean wrong(String message) {
    problem(message);
    return false;
  }

  private boolean within(long number, long least, long most) {
    String range = most == Long.MAX_VALUE ? "at least " + least : "from " + least + " to " + most;
    return (number >= least && number <= most)
        || wrong("is " + number + " (expected: " + range + ")");
  }

  private <T> Optional<T> read(Function<Scalar, Optional<T>> meaning, String kind) {
    return value.flatMap(node -> read(node, meaning, kind));
  }

  private <T> Optional<T> read(Node node, Function<Scalar, Optional<T>> meaning, String kind) {
    var read = node instanceof Scalar it ? meaning.apply(it) : Optional.<T>empty();
    if (read.isEmpty() && !(node instanceof Node.Null)) {
      String found = node instanceof Scalar ? "" : "is " + node.kind() + " ";
      problems.error(node.at(), path, found + "(expected: " + kind + ")");
    }
    return read;
  }
}
