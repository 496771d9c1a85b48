package io.ccrelay.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads a configuration file: environment expansion, YAML or TOML by the extension of the file's
 * name, then every setting with its default and its checks. All problems are reported together.
 * Safe for use from any thread; {@link #load} blocks.
 */
public final class ConfigLoader {

  private ConfigLoader() {}

  /**
   * Reads {@code file}.
   *
   * @param environment gives null for unset variables
   */
  public static ConfigResult load(Path file, UnaryOperator<@Nullable String> environment) {
    return interpret(file.toString(), ConfigFile.read(file), environment);
  }

  /**
   * Reads {@code text} as the content of a file named {@code fileName}. Never throws on any text.
   *
   * @param environment gives null for unset variables
   */
  public static ConfigResult parse(
      String fileName, String text, UnaryOperator<@Nullable String> environment) {
    return parse(fileName, text, environment, new PolicyFiles(fileName));
  }

  private static ConfigResult parse(
      String fileName,
      String text,
      UnaryOperator<@Nullable String> environment,
      PolicyFiles files) {
    if (text.length() > ConfigFile.MAX_BYTES) {
      return invalid(fileName, "is larger than 1 MiB");
    }
    Expansion.Expanded expanded;
    try {
      expanded = Expansion.of(text, environment);
    } catch (UnreadableException e) {
      return invalid(fileName, String.valueOf(e.getMessage()));
    }
    var problems = new Problems(fileName, expanded.origins());
    Optional<Node.Mapping> root = tree(fileName, expanded.text(), problems);
    if (root.isEmpty()) {
      return new ConfigResult.Invalid(problems.errors());
    }
    RelayConfig config = ConfigBinder.bind(root.get(), problems, files, environment);
    return problems.any()
        ? new ConfigResult.Invalid(problems.errors())
        : new ConfigResult.Loaded(config, problems.warnings());
  }

  /** What runs without a file. */
  public static RelayConfig defaults() {
    var problems = new Problems("defaults", new Origins("", "", List.of()));
    var empty = new Node.Mapping(Position.FILE, List.of(), false);
    return ConfigBinder.bind(empty, problems, new PolicyFiles("defaults"), _ -> null);
  }

  /** As {@link #load}, for contents already read. */
  static ConfigResult interpret(
      String fileName, ConfigFile.Contents contents, UnaryOperator<@Nullable String> environment) {
    return interpret(fileName, contents, environment, new PolicyFiles(fileName));
  }

  /**
   * As {@link #load}, for contents already read.
   *
   * @param files reads the files that the configuration names
   */
  static ConfigResult interpret(
      String fileName,
      ConfigFile.Contents contents,
      UnaryOperator<@Nullable String> environment,
      PolicyFiles files) {
    return switch (contents) {
      case ConfigFile.Contents.Text text -> parse(fileName, text.text(), environment, files);
      case ConfigFile.Contents.Unreadable unreadable -> invalid(fileName, unreadable.reason());
    };
  }

  /** The result for a file that cannot be read at all. */
  static ConfigResult invalid(String fileName, String message) {
    return new ConfigResult.Invalid(List.of(new Problem(fileName, 0, 0, "", message)));
  }

  /** The tree of the file; empty, with a problem, if there is none. */
  private static Optional<Node.Mapping> tree(String fileName, String text, Problems problems) {
    try {
      return switch (extension(fileName)) {
        case "yaml", "yml" -> mapping(YamlReader.read(text, problems), problems);
        case "toml" -> TomlReader.read(text, problems);
        default -> {
          problems.error(Position.FILE, "", unsupported(extension(fileName)));
          yield Optional.empty();
        }
      };
    } catch (UnreadableException e) {
      problems.error(e.at(), "", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static Optional<Node.Mapping> mapping(Node root, Problems problems) {
    return switch (root) {
      case Node.Mapping mapping -> Optional.of(mapping);
      case Node.Null nothing -> Optional.of(new Node.Mapping(nothing.at(), List.of(), false));
      case Node other -> {
        problems.error(other.at(), "", "is " + other.kind() + " (expected: sections)");
        yield Optional.empty();
      }
    };
  }

  private static String unsupported(String extension) {
    return "extension \"" + extension + "\" is not supported (expected: .yaml, .yml or .toml)";
  }

  private static String extension(String fileName) {
    int dot = fileName.lastIndexOf('.');
    boolean inName = dot > Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\'));
    return inName ? fileName.substring(dot + 1).toLowerCase(Locale.ROOT) : "";
  }
}
