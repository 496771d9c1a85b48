package io.ccrelay.config;

import io.ccrelay.config.Node.Mapping;
import io.ccrelay.config.Node.Member;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    return setting(key).text().filter(text -> !text.isEmpty()).orElse(fallback);
  }

  /** A text, an empty one included. */
  Optional<String> text(String key) {
    return setting(key).text();
  }

  Optional<Boolean> flag(String key) {
    return setting(key).flag();
  }

  boolean flag(String key, boolean fallback) {
    return flag(key).orElse(fallback);
  }

  Optional<Long> whole(String key) {
    return setting(key).whole();
  }

  /** A number, with or without a fraction. */
  Optional<BigDecimal> decimal(String key) {
    return setting(key).decimal();
  }

  /** A whole number from {@code least} to {@code most}. */
  long whole(String key, long fallback, long least, long most) {
    return setting(key).whole(least, most).orElse(fallback);
  }

  /** A number from {@code least} to {@code most}. */
  double decimal(String key, double fallback, double least, double most) {
    return setting(key).decimal(least, most).orElse(fallback);
  }

  /** The same, absent if it is not given. */
  Optional<Double> decimal(String key, double least, double most) {
    return setting(key).decimal(least, most);
  }

  /**
   * A number of at least 0 and of any size; what exceeds the range of {@code int} is its maximum.
   */
  int count(String key) {
    return (int) Math.min(whole(key, 0, 0, Long.MAX_VALUE), Integer.MAX_VALUE);
  }

  /** A number of bytes from {@code least} to {@code most}. */
  long size(String key, long fallback, long least, long most) {
    return setting(key).size(least, most).orElse(fallback);
  }

  Optional<Duration> duration(String key) {
    return setting(key).duration();
  }

  /** A time from {@code least} to {@code most}. */
  Duration duration(String key, Duration fallback, Duration least, Duration most) {
    return setting(key).duration(least, most).orElse(fallback);
  }

  /** Whether the setting is the number 0 without a unit in YAML. */
  boolean isBareZero(String key) {
    return setting(key).isBareZero();
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
    return setting(key).texts();
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
    return setting(key).isScalar();
  }

  /** Keys and values that are texts. */
  Map<String, String> textMap(String key) {
    var map = new LinkedHashMap<String, String>();
    for (Member member : mappingOf(key).members()) {
      String name = pathOf(key) + "." + Shown.key(member.key());
      Node value = member.value();
      var setting = new Setting(problems, name, value.at(), Optional.of(value));
      map.put(member.key(), setting.text().orElse(""));
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
    return setting(key).items();
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

  private Setting setting(String key) {
    return new Setting(problems, pathOf(key), members.at(key), members.value(key));
  }

  private Mapping mappingOf(String key) {
    return setting(key).mapping(members.foldsCase());
  }

  private String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
