package io.ccrelay.config;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ConfigPropertyTest {

  private static final List<String> WORDS =
      List.of(
          "server:",
          "cache:",
          "providers:",
          "responses:",
          "  ",
          "\n",
          "- ",
          "ttl:",
          "keys:",
          "listen:",
          "[",
          "]",
          "{",
          "}",
          "&a ",
          "*a",
          "<<: ",
          "\"",
          "'",
          "0",
          "5s",
          "true",
          "=",
          "[server]",
          "[[providers]]",
          "model_mapping",
          "models",
          "$X",
          "${",
          "}",
          ": ",
          ", ",
          "#",
          "\t",
          "|",
          ">",
          "!!int ",
          "---",
          "~",
          "name: p",
          "type: zai",
          "enabled: true",
          "\u2028",
          "1e9",
          ".");

  @Property(tries = 400)
  void noTextMakesTheReaderThrow(@ForAll String text) {
    reported(text);
  }

  @Property(tries = 1500)
  void noTextOfFamiliarPartsMakesTheReaderThrow(@ForAll("parts") List<String> parts) {
    reported(String.join("", parts));
  }

  @Provide
  Arbitrary<List<String>> parts() {
    return Arbitraries.of(WORDS).list().ofMaxSize(40);
  }

  private static void reported(String text) {
    for (var name : List.of("conf.yaml", "conf.toml")) {
      switch (ConfigLoader.parse(name, text, variable -> variable.length() > 1 ? "a: b" : null)) {
        case ConfigResult.Invalid(var problems) -> assertFalse(problems.isEmpty());
        case ConfigResult.Loaded(var config, _) -> assertTrue(config.server().maxBodyBytes() > 0);
      }
    }
  }
}
