package io.ccrelay.config;

import io.ccrelay.config.Node.Mapping;
import io.ccrelay.config.Node.Member;
import io.ccrelay.config.Node.Scalar;
import io.ccrelay.config.Node.Sequence;
import io.ccrelay.config.Node.Style;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * Builds the tree of a TOML text. Settings are found whatever the letter case of their keys; the
 * parser bounds the depth and reports duplicates.
 */
final class TomlReader {

  /** What a parser's message quotes may be a part of a secret; single characters help. */
  private static final Pattern QUOTED = Pattern.compile("'[^']{2,}'");

  private final Problems problems;

  private TomlReader(Problems problems) {
    this.problems = problems;
  }

  /** The root; empty, with problems, if the text is not TOML. */
  static Optional<Mapping> read(String text, Problems problems) {
    String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
    var result = Toml.parse(body);
    if (result.hasErrors()) {
      for (TomlParseError error : result.errors()) {
        problems.error(position(error.position()), "", sense(error));
      }
      return Optional.empty();
    }
    Mapping root = new TomlReader(problems).table(result, new Position(1, 1));
    return Optional.of(TomlModels.placed(root, problems));
  }

  private static String sense(TomlParseError error) {
    return "is not TOML: " + QUOTED.matcher(error.getMessage()).replaceAll("text");
  }

  private Mapping table(TomlTable table, Position at) {
    var members = new ArrayList<Member>();
    var seen = new HashSet<String>();
    for (String key : table.keySet()) {
      Position place = position(table.inputPositionOf(List.of(key)));
      if (!seen.add(key.toLowerCase(Locale.ROOT)) && isSettings(key)) {
        problems.error(place, Shown.key(key), "is given twice with different letter case");
      }
      members.add(new Member(place, key, node(table.get(List.of(key)), place)));
    }
    return new Mapping(at, List.copyOf(members), true);
  }

  /** Whether a key can be a setting: those have no other characters; model names do. */
  private static boolean isSettings(String key) {
    return key.chars().allMatch(c -> c == '_' || Character.isLetter(c));
  }

  private Sequence array(TomlArray array, Position at) {
    var items = new ArrayList<Node>();
    for (int i = 0; i < array.size(); i++) {
      items.add(node(array.get(i), position(array.inputPositionOf(i))));
    }
    return new Sequence(at, List.copyOf(items));
  }

  private Node node(@Nullable Object value, Position at) {
    return switch (value) {
      case null -> new Node.Null(at);
      case TomlTable table -> table(table, at);
      case TomlArray array -> array(array, at);
      case String text -> new Scalar(at, Style.TOML_TEXT, text);
      case Long number -> new Scalar(at, Style.TOML_INTEGER, number.toString());
      case Boolean flag -> new Scalar(at, Style.TOML_BOOLEAN, flag.toString());
      default -> new Scalar(at, Style.TOML_OTHER, value.toString());
    };
  }

  private static Position position(@Nullable TomlPosition position) {
    return position == null ? Position.FILE : new Position(position.line(), position.column());
  }
}
