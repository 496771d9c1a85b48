package io.ccrelay.config;

import static io.ccrelay.config.Configs.loaded;
import static io.ccrelay.config.Configs.problem;
import static io.ccrelay.config.Configs.problems;
import static io.ccrelay.config.Configs.warnings;
import static io.ccrelay.config.Configs.yaml;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.upstream.ProviderOptions;
import io.ccrelay.upstream.ProviderOptions.KeyOptions;
import io.ccrelay.upstream.ProviderOptions.Pooling;
import io.ccrelay.upstream.ProviderType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProvidersSectionTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "providers:", "providers: []"})
  void withoutProvidersAnthropicServesWithTheCredentialsOfItsClients(String text) {
    var provider = loaded(yaml(text)).providers().getFirst();
    assertEquals("anthropic", provider.name());
    assertEquals(ProviderType.ANTHROPIC, provider.type());
    assertTrue(provider.enabled());
    assertEquals(List.of(), provider.keys());
  }

  @ParameterizedTest
  @CsvSource({
    "anthropic,https://api.anthropic.com,4",
    "zai,https://api.z.ai/api/anthropic,3",
    "minimax,https://api.minimax.io/anthropic,5",
    "ollama,http://localhost:11434,0",
    "openai,https://api.openai.com,0"
  })
  void everyTypeHasItsDefaults(String type, String baseUrl, int models) {
    var provider = one("type: " + type);
    assertEquals(baseUrl, provider.baseUrl());
    assertEquals(models, provider.models().size());
  }

  @ParameterizedTest
  @CsvSource({
    "http://a:1/v1,http://a:1/v1",
    "http://a/,http://a",
    "'http://[::1]:8/x//',http://[::1]:8/x",
    "HTTPS://my_service,HTTPS://my_service"
  })
  void theBaseUrlStaysAsGivenWithoutItsLastSlash(String given, String expected) {
    assertEquals(expected, one("type: openai, base_url: \"" + given + "\"").baseUrl());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "ftp://a", "http://", "http://u:p@a", "http://a?x", "http://a b"})
  void aBaseUrlIsHttpWithoutCredentials(String given) {
    String problem = refused("type: openai, base_url: \"" + given + "\"");
    assertTrue(problem.contains("provider[p].base_url: must be http:// or https://"), problem);
    assertFalse(problem.contains("u:p"));
  }

  @Test
  void namesAndTypesAreRequiredAlsoOfDisabledProviders() {
    var result =
        yaml(
            """
            providers:
            - {type: anthropic, enabled: true}
            - {name: a, type: "", enabled: false}
            - {name: a, type: gpt, enabled: false}
            """);
    String types = "(expected: anthropic, zai, minimax, ollama, openai, bedrock, vertex, azure)";
    assertEquals(
        List.of(
            "conf.yaml:2:3: providers[0].name: is required",
            "conf.yaml:3:19: provider[a].type: is required " + types,
            "conf.yaml:4:10: providers[2].name: \"a\" is the name of another provider",
            "conf.yaml:4:19: provider[a].type: unknown value \"gpt\" " + types),
        problems(result));
  }

  @Test
  void oneMustBeEnabled() {
    var result = yaml("providers:\n- {name: p, type: zai}\n- {name: q, type: zai, enabled: no}");
    assertEquals(
        "conf.yaml:1:1: providers: none is enabled (expected: enabled: true in at least one)",
        problem(result));
  }

  @Test
  void anAbsentEnabledIsWarnedOf() {
    var result =
        yaml("providers:\n- {name: a, type: anthropic, enabled: true}\n- {name: b, type: zai}");
    assertEquals(
        List.of("conf.yaml:3:3: provider[b].enabled: is absent, so this provider does not serve"),
        warnings(result));
  }

  @Test
  void secretsAreRequiredOnlyOfEnabledProviders() {
    String keys = "providers:\n- {name: p, type: zai, enabled: %s, keys: [{key: $ZAI}]}";
    assertEquals(
        "conf.yaml:2:47: provider[p].keys[0].key: is required"
            + " (environment variable ZAI is not set)",
        problem(yaml(keys.formatted("true"))));
    var other = "\n- {name: q, type: anthropic, enabled: true}";
    assertEquals(2, loaded(yaml(keys.formatted("false") + other)).providers().size());
  }

  @Test
  void anEmptyKeyOfAnthropicPassesTheClientsCredentialWithAWarning() {
    var result = yaml(provider("type: anthropic, keys: [{key: $UNSET}]"));
    assertEquals(
        List.of(new KeyOptions("", 0, 0, 0, 0, 0)), loaded(result).providers().getFirst().keys());
    assertTrue(
        warnings(result).getFirst().endsWith("(environment variable UNSET is not set)"),
        warnings(result)::toString);
  }

  @Test
  void limitsOfKeys() {
    var keys =
        one("type: zai, keys: [{key: a, rpm_limit: 5, tpm_limit: 9, priority: 2, weight: 3},"
                + " {key: b, itpm_limit: 1, tpm_limit: 10}, {key: c, rpm_limit: 9999999999}]")
            .keys();
    assertEquals(
        List.of(
            new KeyOptions("a", 5, 4, 4, 2, 3),
            new KeyOptions("b", 0, 1, 0, 0, 0),
            new KeyOptions("c", Integer.MAX_VALUE, 0, 0, 0, 0)),
        keys);
  }

  @ParameterizedTest
  @CsvSource({"rpm_limit: -1,at least 0", "priority: 3,from 0 to 2", "weight: -1,at least 0"})
  void limitsOutOfRange(String setting, String expected) {
    assertTrue(refused("type: zai, keys: [{key: a, " + setting + "}]").contains(expected));
  }

  @Test
  void aKeyFitsIntoAHeaderField() {
    String problem = refused("type: zai, keys: [{key: \"sk-hidden\\n\"}]");
    assertTrue(problem.endsWith("has a character that no header field can carry"));
    assertFalse(problem.contains("sk-hidden"));
  }

  @Test
  void severalKeysAreAlwaysPooled() {
    assertEquals(new Pooling(false, "least_loaded"), one("type: zai, keys: [{key: a}]").pooling());
    var two = "type: zai, keys: [{key: a}, {key: b}], pooling: {enabled: false, strategy: random}";
    assertEquals(new Pooling(true, "random"), one(two).pooling());
    assertTrue(warnings(yaml(provider(two))).getFirst().contains("always pooled"));
    assertTrue(refused("type: zai, pooling: {enabled: true}").contains("there are no keys"));
    assertTrue(refused("type: zai, pooling: {strategy: best}").contains("unknown value"));
  }

  @ParameterizedTest
  @CsvSource({
    "bedrock,aws_region,https://bedrock-runtime.x.amazonaws.com",
    "azure,azure_resource_name,https://x.services.ai.azure.com"
  })
  void cloudPlatformsNeedTheirSettingsAndAreNotServed(String type, String key, String baseUrl) {
    assertTrue(refused("type: " + type).contains(key + ": is required by type " + type));
    var result = yaml(provider("type: " + type + ", " + key + ": x"));
    assertEquals(baseUrl, loaded(result).providers().getFirst().baseUrl());
    assertTrue(warnings(result).getFirst().contains("does not forward to " + type));
    String off =
        "providers: [{name: a, type: anthropic, enabled: true}, {name: b, type: %s, enabled: no}]";
    assertEquals(List.of(), warnings(yaml(off.formatted(type))));
  }

  @Test
  void vertexNeedsProjectAndRegion() {
    assertEquals(2, problems(yaml(provider("type: vertex"))).size());
  }

  @Test
  void modelsAreRewrittenByExactMatch() {
    var provider = one("type: zai, model_mapping: {claude: GLM-5}");
    assertEquals("GLM-5", provider.mapped("claude"));
    assertEquals("claude-x", provider.mapped("claude-x"));
    assertEquals(Map.of("claude", "GLM-5"), provider.modelMapping());
  }

  @Test
  void settingsWithoutEffectAreSaid() {
    var result =
        yaml(provider("type: anthropic, aws_access_key_id: x, azure_deployment_id: y, z: 1"));
    assertEquals(3, warnings(result).size());
  }

  private static String provider(String settings) {
    return "providers:\n- {name: p, enabled: true, " + settings + "}";
  }

  private static ProviderOptions one(String settings) {
    return loaded(yaml(provider(settings))).providers().getFirst();
  }

  private static String refused(String settings) {
    return problem(yaml(provider(settings)));
  }
}
