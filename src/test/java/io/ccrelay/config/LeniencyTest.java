package io.ccrelay.config;

import static io.ccrelay.config.Configs.loaded;
import static io.ccrelay.config.Configs.problem;
import static io.ccrelay.config.Configs.toml;
import static io.ccrelay.config.Configs.yaml;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the parsers of the original accept and refuse. */
class LeniencyTest {

  @ParameterizedTest
  @CsvSource({
    "true,true",
    "True,true",
    "yes,true",
    "on,true",
    "y,true",
    "'\"yes\"',true",
    "false,false",
    "no,false",
    "off,false",
    "N,false",
    "~,false",
    "'',false",
    "!!bool \"true\",true"
  })
  void yamlBooleans(String text, boolean expected) {
    assertEquals(expected, loaded(yaml("server: {enable_http2: " + text + "}")).server().http2());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"true\"", "1", "tru", "[true]", "!!str true"})
  void whatIsNoYamlBoolean(String text) {
    assertTrue(
        problem(yaml("server: {enable_http2: " + text + "}"))
            .endsWith("(expected: true or false)"));
  }

  @ParameterizedTest
  @CsvSource({
    "600_000,600000",
    "0x10,16",
    "010,8",
    "0o10,8",
    "0b101,5",
    "1e3,1000",
    "5.0,5",
    "08,8",
    "+7,7",
    "1.5e1,15",
    "~,600000"
  })
  void yamlIntegers(String text, long expected) {
    assertEquals(
        expected, loaded(yaml("server: {timeout_ms: " + text + "}")).server().timeout().toMillis());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"5\"", "5x", "5.5", ".inf", "true", "1e999", "99999999999999999999"})
  void whatIsNoYamlInteger(String text) {
    assertTrue(
        problem(yaml("server: {timeout_ms: " + text + "}")).endsWith("(expected: a whole number)"));
  }

  @Test
  void yamlTextsMayBeBareNumbersAndBooleans() {
    var config =
        loaded(
            yaml(
                """
                providers:
                - name: p
                  type: anthropic
                  enabled: true
                  models: [1, true, ~, 1e3]
                  model_mapping: {a: 1, 2: true, b: }
                """));
    assertEquals(List.of("1", "true", "1e3"), config.providers().getFirst().models());
    assertEquals(
        Map.of("a", "1", "2", "true", "b", ""), config.providers().getFirst().modelMapping());
    assertTrue(problem(yaml("server: {listen: 8787}")).contains("must be host:port"));
  }

  @ParameterizedTest
  @CsvSource({"5s,5000", "'\"1m30s\"',90000", "1.5h,5400000", "250ms,250", "1d,86400000"})
  void yamlDurations(String text, long millis) {
    var config = loaded(yaml("cache: {olric: {leave_timeout: " + text + "}}"));
    assertEquals(Duration.ofMillis(millis), config.cache().cluster().leaveTimeout());
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "0", "5 s", "s", "1x", "true", "-", "5s5"})
  void whatIsNoYamlDuration(String text) {
    assertTrue(
        problem(yaml("cache: {olric: {leave_timeout: " + text + "}}"))
            .contains("(expected: a time with its unit"));
  }

  @ParameterizedTest
  @CsvSource({"'\"5s\"',5000", "5_000_000_000,5000", "1_000_000,1", "0,5000"})
  void tomlDurations(String text, long millis) {
    var config = loaded(toml("[cache.olric]\nleave_timeout = " + text));
    assertEquals(Duration.ofMillis(millis), config.cache().cluster().leaveTimeout());
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "999_999", "-5", "5.0", "true", "\"5\""})
  void ambiguousTomlDurationsAreRefused(String text) {
    assertTrue(
        problem(toml("[cache.olric]\nleave_timeout = " + text))
            .contains("(expected: a time with its unit"));
  }

  @Test
  void tomlKeysFoldCaseAndYamlKeysDoNot() {
    String listen = "127.0.0.1:1";
    assertEquals(1, loaded(toml("[Server]\nListen = \"" + listen + "\"")).server().port());
    assertEquals(8787, loaded(yaml("Server: {listen: \"" + listen + "\"}")).server().port());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "enable_http2 = \"true\"",
        "enable_http2 = \"yes\"",
        "timeout_ms = \"5\"",
        "timeout_ms = 5.0",
        "listen = 8787",
        "listen = true",
        "drain = 1979-05-27",
        "auth = 5",
        "timeout_ms = [5]"
      })
  void tomlValuesKeepTheirTypes(String line) {
    assertTrue(problem(toml("[server]\n" + line)).startsWith("conf.toml:2:"));
  }

  @Test
  void duplicateKeysAreErrors() {
    assertEquals(
        "conf.yaml:3:3: timeout_ms: is given twice in the same section",
        problem(yaml("server:\n  timeout_ms: 1\n  'timeout_ms': 2")));
    assertTrue(problem(toml("[server]\n[server]")).contains("previously defined"));
    assertTrue(problem(toml("[server]\n[Server]")).contains("given twice"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "# nothing\n", "---\n", "--- ~\n", "{}", "\uFEFF", "server:\n", "null"})
  void emptyDocumentsAreTheDefaults(String text) {
    assertEquals(ConfigLoader.defaults(), loaded(yaml(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "server:\r\n  timeout_ms: 1\r\n  listen: :8787\r\n",
        "server:\n  listen: :8787\n  timeout_ms: 1 # milliseconds\n...\n",
        "%YAML 1.1\n---\nserver: {timeout_ms: 1, listen: ':8787'}",
        "\uFEFFserver: {\"timeout_ms\":1,\"listen\":\":8787\"}",
        "server:\n  timeout_ms: 1\t# tab\n  listen: >-\n    :8787\n",
      })
  void formsOfYamlThatUsersWrite(String text) {
    assertEquals(1, loaded(yaml(text)).server().timeout().toMillis());
    assertEquals(8787, loaded(yaml(text)).server().port());
  }

  @Test
  void onlyTheFirstDocumentIsRead() {
    var config = loaded(yaml("server: {timeout_ms: 1}\n---\nserver: {timeout_ms: [}"));
    assertEquals(1, config.server().timeout().toMillis());
  }

  @Test
  void anchorsAndMergesAreResolvedAndOwnKeysWin() {
    var config =
        loaded(
            yaml(
                """
                base: &base {type: zai, enabled: true, base_url: "http://a", models: &m [x]}
                other: &other {base_url: "http://b", name: other}
                providers:
                - {<<: *base, name: one, base_url: "http://c", keys: [{key: k}]}
                - <<: [*base, *other]
                  models: *m
                  keys: [{key: k}]
                """));
    assertEquals("http://c", config.providers().get(0).baseUrl());
    assertEquals("http://a", config.providers().get(1).baseUrl());
    assertEquals("other", config.providers().get(1).name());
    assertEquals(List.of("x"), config.providers().get(1).models());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: *unknown",
        "a: &a [*a]",
        "<<: 5",
        "server:\n\tlisten: x",
        "a: [1",
        "a: 'x",
        "? [a]\n: b",
        "- a",
        "text",
        "a: \u0000",
        "server: 5",
        "providers: 5",
        "providers: {a: b}",
        "providers: [5]",
        "cache: {olric: {peers: a}}"
      })
  void brokenYamlIsAProblemAndNothingElse(String text) {
    assertInstanceOf(ConfigResult.Invalid.class, yaml(text));
  }

  @Test
  void messagesOfTheParsersShowNoContent() {
    for (var result :
        List.of(
            yaml("a:\n  key: \"sk-secret\n\nb: 1"),
            yaml("key: sk-secret: x"),
            yaml("key: {sk-secret"),
            toml("key = sk-secret"),
            toml("key = \"a\" sk-secret"),
            toml("key = \"sk-secret\n"))) {
      assertTrue(
          Configs.problems(result).stream().noneMatch(text -> text.contains("secret")),
          Configs.problems(result)::toString);
    }
  }

  @Test
  void documentedTomlListsAfterSubTablesBelongToTheProvider() {
    var result =
        toml(
            """
            [[providers]]
            name = "one"
            type = "zai"
            enabled = true
            [providers.model_mapping]
            "a.b" = "c"
            models = ["x", "y"]
            [[providers.keys]]
            key = "k"
            [[providers]]
            name = "two"
            type = "zai"
            enabled = true
            [[providers.keys]]
            key = "k"
            models = ["z"]
            """);
    var providers = loaded(result).providers();
    assertEquals(List.of("x", "y"), providers.get(0).models());
    assertEquals(Map.of("a.b", "c"), providers.get(0).modelMapping());
    assertEquals(List.of("z"), providers.get(1).models());
    assertEquals(
        List.of(
            "conf.toml:7:1: providers.models: belongs to the provider: move it above its sub-tables",
            "conf.toml:16:1: providers.models: belongs to the provider: move it above its"
                + " sub-tables"),
        Configs.warnings(result));
  }

  @Test
  void anAliasBombIsRefusedFast() {
    var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a%d: &a%d [".formatted(i, i));
      bomb.append("*a%d, ".formatted(i - 1).repeat(9)).append("*a%d]\n".formatted(i - 1));
    }
    bomb.append("providers: *a29\n");
    assertTrue(problem(yaml(bomb.toString())).contains("more than 100000 values"));
  }

  @Test
  void depthAndSizeAreBounded() {
    for (var opening : List.of("[", "{", "- ", "? ", "[{a: ")) {
      String text = opening.repeat((1 << 20) / opening.length());
      assertTrue(problem(yaml(text)).contains("nested deeper"), opening);
    }
    assertTrue(problem(toml("a = " + "[".repeat(500_000))).contains("too deep"));
    assertTrue(problem(yaml("#".repeat((1 << 20) + 1))).contains("larger than 1 MiB"));
  }
}
