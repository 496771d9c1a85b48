package io.ccrelay.config;

import io.ccrelay.config.Node.Mapping;
import io.ccrelay.config.Node.Member;
import io.ccrelay.config.Node.Scalar;
import io.ccrelay.config.Node.Sequence;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Typed access to the settings of one mapping. A setting that is absent, null or wrong reads as its
 * default; what is wrong is reported with its place. Asking for a key makes it known: {@link
 * #finish} judges the others. Confined to the reading thread.
 */
final class Section {

  private final Problems problems;
  private final String path;
  private final Members members;

  Section(Problems problems, String path, Mapping mapping) {
    this(problems, path, new Members(mapping));
  }

  private Section(Problems problems, String path, Members members) {
    this.problems = problems;
    this.path = path;
    this.members = members;
  }

  /** The same settings under another name. */
  Section named(String other) {
    return new Section(problems, other, members);
  }

  /** Whether {@code key} has a value, an empty one included. */
  boolean has(String key) {
    return members.value(key).isPresent();
  }

  /** A text; absent and empty read as {@code fallback}, as in the original. */
  String text(String key, String fallback) {
    return read(key, Scalars::text, "text").filter(text -> !text.isEmpty()).orElse(fallback);
  }

  /** A text, an empty one included. */
  Optional<String> text(String key) {
    return read(key, Scalars::text, "text");
  }

  Optional<Boolean> flag(String key) {
    return read(key, Scalars::flag, "true or false");
  }

  boolean flag(String key, boolean fallback) {
    return flag(key).orElse(fallback);
  }

  Optional<Long> whole(String key) {
    return read(key, Scalars::whole, "a whole number");
  }

  /** A number, with or without a fraction. */
  Optional<BigDecimal> decimal(String key) {
    return read(key, Scalars::decimal, "a number");
  }

  /** A whole number from {@code least} to {@code most}. */
  long whole(String key, long fallback, long least, long most) {
    return within(key, whole(key), least, most).orElse(fallback);
  }

  /** A number from {@code least} to {@code most}. */
  double decimal(String key, double fallback, double least, double most) {
    return decimal(key, least, most).orElse(fallback);
  }

  /** The same, absent if it is not given. */
  Optional<Double> decimal(String key, double least, double most) {
    return decimal(key)
        .map(BigDecimal::doubleValue)
        .filter(number -> {
          boolean fits = number >= least && number <= most;
          if (!fits) {
            problem(key, "is " + number + " (expected: from " + least + " to " + most + ")");
          }
          return fits;
        });
  }

  /**
   * A number of at least 0 and of any size; what exceeds the range of {@code int} is its maximum.
   */
  int count(String key) {
    return (int) Math.min(whole(key, 0, 0, Long.MAX_VALUE), Integer.MAX_VALUE);
  }

  /** A number of bytes from {@code least} to {@code most}. */
  long size(String key, long fallback, long least, long most) {
    var size = read(key, Scalars::size, "bytes or a size such as 8MiB");
    return within(key, size, least, most).orElse(fallback);
  }

  Optional<Duration> duration(String key) {
    return read(
        key,
        scalar -> isBareZero(scalar) ? Optional.of(Duration.ZERO) : Scalars.duration(scalar),
        "a time with its unit, such as 250ms, 5s or 1m30s");
  }

  /** A time from {@code least} to {@code most}. */
  Duration duration(String key, Duration fallback, Duration least, Duration most) {
    var duration = duration(key);
    if (duration.isPresent()
        && (duration.get().compareTo(least) < 0 || duration.get().compareTo(most) > 0)) {
      problem(key, "must be from " + Durations.text(least) + " to " + Durations.text(most));
      return fallback;
    }
    return duration.orElse(fallback);
  }

  /** Whether the setting is the number 0 without a unit in YAML. */
  boolean isBareZero(String key) {
    return members
        .value(key)
        .filter(node -> node instanceof Scalar it && isBareZero(it))
        .isPresent();
  }

  private static boolean isBareZero(Scalar scalar) {
    return scalar.style() == Node.Style.PLAIN && scalar.text().equals("0");
  }

  /** One of {@code choices} by its name; absent and empty read as {@code fallback}. */
  <T> T choice(String key, T fallback, Map<String, T> choices) {
    String name = text(key, "");
    T chosen = choices.get(name);
    if (chosen == null && !name.isEmpty()) {
      problem(key, "unknown value " + Shown.value(name) + " (expected: " + list(choices) + ")");
    }
    return chosen == null ? fallback : chosen;
  }

  /** One of {@code choices}, all of them names. */
  String choice(String key, String fallback, List<String> choices) {
    var named = new LinkedHashMap<String, String>();
    choices.forEach(choice -> named.put(choice, choice));
    return choice(key, fallback, named);
  }

  static String list(Map<String, ?> choices) {
    return String.join(", ", choices.keySet());
  }

  /** A list of texts; nulls in it are left out. */
  List<String> texts(String key) {
    return items(key).stream()
        .flatMap(item -> scalar(key, item, Scalars::text, "text").stream())
        .toList();
  }

  /** A list of texts, or one text in place of a list of one. */
  List<String> textOrTexts(String key) {
    return isScalar(key) ? text(key).stream().toList() : texts(key);
  }

  /** The keys of the section, which become known by being asked for. */
  List<String> keys() {
    return members.keys();
  }

  /** Whether the setting is a single value, neither a list nor a section. */
  boolean isScalar(String key) {
    return members.value(key).filter(Scalar.class::isInstance).isPresent();
  }

  /** Keys and values that are texts. */
  Map<String, String> textMap(String key) {
    var map = new LinkedHashMap<String, String>();
    for (Member member : mappingOf(key).members()) {
      String name = key + "." + Shown.key(member.key());
      map.put(member.key(), scalar(name, member.value(), Scalars::text, "text").orElse(""));
    }
    return map;
  }

  /** The section {@code key}, empty if it is absent. */
  Section section(String key) {
    return new Section(problems, pathOf(key), mappingOf(key));
  }

  /** The sections listed under {@code key}. */
  List<Section> sections(String key) {
    var sections = new ArrayList<Section>();
    for (Node item : items(key)) {
      String name = pathOf(key) + "[" + sections.size() + "]";
      if (item instanceof Mapping it) {
        sections.add(new Section(problems, name, it));
      } else {
        problems.error(item.at(), name, "is " + item.kind() + " (expected: a section)");
      }
    }
    return sections;
  }

  /** The items of the list {@code key}; nulls in it are left out. */
  List<Node> items(String key) {
    return switch (members.value(key).orElse(new Node.Null(members.at(key)))) {
      case Sequence list ->
          list.items().stream().filter(item -> !(item instanceof Node.Null)).toList();
      case Node.Null _ -> List.of();
      case Node other -> {
        problem(key, "is " + other.kind() + " (expected: a list)");
        yield List.of();
      }
    };
  }

  /** Reports that {@code key} is wrong. */
  void problem(String key, String message) {
    problems.error(members.at(key), pathOf(key), message);
  }

  /** Reports that {@code key} has no effect or is probably not meant. */
  void warning(String key, String message) {
    problems.warning(members.at(key), pathOf(key), message);
  }

  /** The end of a message about an empty value: the unset variable that explains it. */
  String becauseUnset(String key) {
    return problems
        .unsetAt(members.at(key))
        .map(name -> " (environment variable " + Shown.key(name) + " is not set)")
        .orElse("");
  }

  /** Warns about those of {@code keys} that are given. */
  void withoutEffect(String... keys) {
    for (String key : keys) {
      if (has(key)) {
        warning(key, "has no effect");
      }
    }
  }

  /** Judges the keys nobody asked for. */
  void finish(UnknownKeys judge) {
    members.unknown().forEach(member -> judge.judge(problems, path, member, members.known()));
  }

  private Mapping mappingOf(String key) {
    return switch (members.value(key).orElse(new Node.Null(members.at(key)))) {
      case Mapping found -> found;
      case Node.Null _ -> new Mapping(members.at(key), List.of(), members.foldsCase());
      case Node other -> {
        problem(key, "is " + other.kind() + " (expected: a section)");
        yield new Mapping(other.at(), List.of(), members.foldsCase());
      }
    };
  }

  private <T> Optional<T> read(String key, Function<Scalar, Optional<T>> meaning, String kind) {
    return members.value(key).flatMap(node -> scalar(key, node, meaning, kind));
  }

  private <T> Optional<T> scalar(
      String key, Node node, Function<Scalar, Optional<T>> meaning, String kind) {
    var value = node instanceof Scalar it ? meaning.apply(it) : Optional.<T>empty();
    if (value.isEmpty() && !(node instanceof Node.Null)) {
      String found = node instanceof Scalar ? "" : "is " + node.kind() + " ";
      problems.error(node.at(), pathOf(key), found + "(expected: " + kind + ")");
    }
    return value;
  }

  private Optional<Long> within(String key, Optional<Long> value, long least, long most) {
    return value.filter(number -> {
      boolean fits = number >= least && number <= most;
      if (!fits) {
        problem(key, "is " + number + " (expected: " + range(least, most) + ")");
      }
      return fits;
    });
  }

  private static String range(long least, long most) {
    return most == Long.MAX_VALUE ? "at least " + least : "from " + least + " to " + most;
  }

  private String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
