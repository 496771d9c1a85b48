package io.ccrelay.config;

import static io.ccrelay.config.Configs.loaded;
import static io.ccrelay.config.Configs.problem;
import static io.ccrelay.config.Configs.problems;
import static io.ccrelay.config.Configs.warnings;
import static io.ccrelay.config.Configs.yaml;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.admin.ManagementOptions;
import io.ccrelay.cache.CacheOptions;
import io.ccrelay.cache.RedisOptions;
import io.ccrelay.launch.LoggingOptions;
import io.ccrelay.llm.ResponsesOptions;
import io.ccrelay.policy.Profile;
import io.ccrelay.proxy.ApiOptions;
import io.ccrelay.proxy.ServerOptions;
import io.ccrelay.upstream.RoutingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {

  @TempDir Path directory;

  @Test
  void defaultsAreThoseOfTheOptions() {
    var defaults = ConfigLoader.defaults();
    assertEquals(ServerOptions.DEFAULTS, defaults.server());
    assertEquals(RoutingOptions.DEFAULTS, defaults.routing());
    assertEquals(CacheOptions.DEFAULTS, defaults.cache());
    assertEquals(ResponsesOptions.DEFAULTS, defaults.responses());
    assertEquals(ManagementOptions.DEFAULTS, defaults.management());
    assertEquals(LoggingOptions.DEFAULTS, defaults.logging());
  }

  @Test
  void theShippedFileSpellsTheDefaultsOut() {
    var result = ConfigLoader.load(Path.of("conf/cc-relay.yaml"), Configs.NO_ENVIRONMENT);
    assertEquals(List.of(), warnings(result));
    assertEquals(ConfigLoader.defaults(), loaded(result));
  }

  @Test
  void theShippedFileNamesEveryKeyThatIsRead() throws IOException {
    String shipped = Files.readString(Path.of("conf/cc-relay.yaml"));
    var asked =
        Pattern.compile(
            "\\b(?:text|flag|whole|size|count|duration|choice|texts|textMap|section|sections|items"
                + "|ttl|window|number|positive)\\((?:[a-z]+,\\s*)?\"([a-z_0-9]+)\"");
    var missing = new TreeSet<String>();
    try (Stream<Path> sources = Files.list(Path.of("src/main/java/io/ccrelay/config"))) {
      for (Path source : sources.toList()) {
        asked
            .matcher(Files.readString(source))
            .results()
            .map(found -> found.group(1))
            .filter(key -> !Pattern.compile("\\b" + key + ":").matcher(shipped).find())
            .forEach(missing::add);
      }
    }
    // Deprecated, or without effect here.
    assertEquals(Set.of("debug_options", "max_body_log_size", "tpm_limit"), missing);
  }

  @Test
  void theCommentedExamplesOfTheShippedFileAreValid() throws IOException {
    String shipped = Files.readString(Path.of("conf/cc-relay.yaml"));
    String providers = between(shipped, "  # - name: openai", "  # Cloud");
    String tls = between(shipped, "  # tls:", "\n# ---");
    String rules = between(shipped, "    # - path:", "\n# HTTP");
    String apis = between(shipped, "  # - name: shop", "\n# ---");
    String policies = between(shipped, "# policies:", "\n# ---").replaceAll("(?m)^# ", "");
    var config =
        loaded(
            ConfigLoader.parse(
                "conf/examples.yaml",
                "providers:\n%s\nserver:\n%s\ncache:\n  responses:\n    rules:\n%s\napis:\n%s\n%s"
                    .formatted(providers, tls, rules, apis, policies),
                Map.of("OPENAI_API_KEY", "k")::get));
    assertEquals("k", config.providers().getFirst().keys().getFirst().key());
    assertTrue(config.server().tls().isPresent());
    assertEquals("*haiku*", config.responses().rules().getFirst().model());
    var shop = config.apis().getFirst();
    assertEquals(Optional.of(ApiOptions.Caching.DEFAULTS), shop.cache());
    assertEquals(ApiOptions.Timeouts.DEFAULTS, shop.timeouts());
    assertEquals(Profile.DEFAULTS, config.policies().options().profile());
    assertEquals(Optional.of(RedisOptions.standalone("127.0.0.1:6379")), config.externalCache());
    assertTrue(config.policies().api("orders").isPresent());
  }

  /** The part of the file, its comment marks taken away. */
  private static String between(String text, String from, String to) {
    int start = text.indexOf(from);
    return text.substring(start, text.indexOf(to, start)).replaceAll("(?m)^( +)# ", "$1");
  }

  static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/examples"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyDocumentedExampleLoads(Path example) {
    loaded(ConfigLoader.load(example, Configs.NO_ENVIRONMENT));
  }

  @Test
  void theDocumentedThreeNodesAreRead() {
    Path example = Path.of("src/test/resources/examples/three-nodes-node1.yaml");
    var cluster = loaded(ConfigLoader.load(example, Configs.NO_ENVIRONMENT)).cache().cluster();
    assertEquals(List.of("cc-relay-2:3322", "cc-relay-3:3322"), cluster.peers());
    assertEquals(2, cluster.replicaCount());
    assertEquals(2, cluster.memberCountQuorum());
    assertEquals(CacheOptions.Environment.LAN, cluster.environment());
  }

  @Test
  void allProblemsAreReportedTogetherInTheOrderOfTheFile() {
    var result =
        yaml(
            """
            cache:
              mode: wrong
              responses:
                ttl: 0
            server:
              listen: nowhere
              timeout_ms: x
            logging: {level: loud}
            """);
    assertEquals(
        List.of(
            "conf.yaml:2:9: cache.mode: unknown value \"wrong\" (expected: single, ha, disabled)",
            "conf.yaml:4:10: cache.responses.ttl: is 0, which would mean that answers never expire"
                + " (expected: a positive time; to store nothing set enabled: false)",
            "conf.yaml:6:11: server.listen: must be host:port with a port from 0 to 65535, such as"
                + " 127.0.0.1:8787 or :8787",
            "conf.yaml:7:15: server.timeout_ms: (expected: a whole number)",
            "conf.yaml:8:18: logging.level: unknown value \"loud\" (expected: debug, info, warn,"
                + " error)"),
        problems(result));
  }

  @Test
  void problemsAreBoundedAndHideLongValues() {
    var text = "providers:\n" + "- {name: x, type: sk-ant-secret}\n".repeat(1000);
    assertEquals(100, problems(yaml(text)).size());
    assertFalse(problems(yaml(text)).toString().contains("secret"));
    String password = "p".repeat(40);
    assertFalse(problem(yaml("logging: {level: " + password + "}")).contains(password));
  }

  @Test
  void aConfigurationShowsNoSecret() {
    var result =
        yaml(
            """
            server: {auth: {api_key: s3cret, allow_bearer: true, bearer_secret: s3cret}}
            management: {token: s3cret}
            providers: [{name: p, type: zai, enabled: true, keys: [{key: s3cret}]}]
            """);
    assertEquals("s3cret", loaded(result).management().tokens().getFirst().secret());
    assertFalse(result.toString().contains("s3cret"), result.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"conf.json", "conf", "dir.yaml/conf", "conf."})
  void otherExtensionsAreRefused(String name) {
    var result = ConfigLoader.parse(name, "", Configs.NO_ENVIRONMENT);
    assertTrue(problem(result).startsWith(name + ": extension"), problem(result));
    assertTrue(problem(result).endsWith("(expected: .yaml, .yml or .toml)"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.yaml", "a.YML", "a.b.Toml"})
  void extensionsFoldCase(String name) {
    loaded(ConfigLoader.parse(name, "", Configs.NO_ENVIRONMENT));
  }

  @Test
  void filesThatCannotBeReadAreProblems() throws IOException {
    assertTrue(problem(load("absent.yaml")).endsWith("absent.yaml: does not exist"));
    Files.createDirectory(directory.resolve("dir.yaml"));
    assertTrue(problem(load("dir.yaml")).endsWith("is a directory (expected: a file)"));
    Files.write(directory.resolve("latin.yaml"), new byte[] {'#', (byte) 0xe9});
    assertTrue(problem(load("latin.yaml")).endsWith("is not valid UTF-8"));
    Files.writeString(directory.resolve("large.yaml"), "#".repeat((1 << 20) + 1));
    assertTrue(problem(load("large.yaml")).endsWith("is larger than 1 MiB"));
  }

  private ConfigResult load(String name) {
    return ConfigLoader.load(directory.resolve(name), Configs.NO_ENVIRONMENT);
  }
}
