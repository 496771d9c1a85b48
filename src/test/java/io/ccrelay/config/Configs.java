package io.ccrelay.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Reads texts for tests. */
final class Configs {

  static final UnaryOperator<String> NO_ENVIRONMENT = name -> null;

  private Configs() {}

  static ConfigResult yaml(String text) {
    return ConfigLoader.parse("conf.yaml", text, NO_ENVIRONMENT);
  }

  static ConfigResult yaml(String text, Map<String, String> environment) {
    return ConfigLoader.parse("conf.yaml", text, environment::get);
  }

  static ConfigResult toml(String text) {
    return ConfigLoader.parse("conf.toml", text, NO_ENVIRONMENT);
  }

  static RelayConfig loaded(ConfigResult result) {
    return assertInstanceOf(ConfigResult.Loaded.class, result).config();
  }

  static List<String> warnings(ConfigResult result) {
    return assertInstanceOf(ConfigResult.Loaded.class, result).warnings().stream()
        .map(Problem::toString)
        .toList();
  }

  static List<String> problems(ConfigResult result) {
    return assertInstanceOf(ConfigResult.Invalid.class, result).problems().stream()
        .map(Problem::toString)
        .toList();
  }

  /** The only problem of {@code result}. */
  static String problem(ConfigResult result) {
    var problems = problems(result);
    assertEquals(1, problems.size(), problems::toString);
    return problems.getFirst();
  }
}
