package io.ccrelay.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.ccrelay.http.Fields;
import io.ccrelay.upstream.Credentials.Decision;
import io.ccrelay.upstream.Credentials.Source;
import io.ccrelay.upstream.ProviderOptions.Cloud;
import io.ccrelay.upstream.ProviderOptions.KeyOptions;
import io.ccrelay.upstream.ProviderOptions.Pooling;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialsTest {

  private static final RelaySecrets SECRETS = RelaySecrets.of("relay-key", "relay-token", "");

  private static final String OWN = "https://api.anthropic.com";
  private static final String OTHER = "https://llm.example.org/anthropic";

  static ProviderOptions provider(ProviderType type, String baseUrl, String... keys) {
    return new ProviderOptions(
        "p",
        type,
        true,
        baseUrl,
        List.of(),
        Map.of(),
        List.of(keys).stream().map(key -> new KeyOptions(key, 0, 0, 0, 0, 1)).toList(),
        new Pooling(false, "least_loaded"),
        Cloud.NONE);
  }

  private static String decided(ProviderType type, String baseUrl, String key, String client) {
    ProviderOptions provider = key == null ? provider(type, baseUrl) : provider(type, baseUrl, key);
    Fields fields = client == null ? Fields.none() : Fields.of(client.split(": ", 2));
    Decision decision = Credentials.decide(fields, SECRETS, provider);
    return decision.source().token()
        + decision.lines().lines().stream()
            .map(line -> " " + line.name() + ": " + line.value())
            .reduce("", String::concat);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // type | base URL | key | client's field | what is sent
        "ANTHROPIC | https://api.anthropic.com | pk | x-api-key: sk-ant-api03-u | client x-api-key: sk-ant-api03-u",
        "ANTHROPIC | https://api.anthropic.com | pk | Authorization: Bearer sk-ant-oat01-u | client Authorization: Bearer sk-ant-oat01-u",
        "ANTHROPIC | https://api.anthropic.com | | Authorization: Bearer sk-ant-oat01-u | client Authorization: Bearer sk-ant-oat01-u",
        "ANTHROPIC | https://api.anthropic.com | pk | | provider x-api-key: pk",
        "ANTHROPIC | https://api.anthropic.com | | | none",
        "ANTHROPIC | https://api.anthropic.com | sk-ant-oat01-p | | provider Authorization: Bearer sk-ant-oat01-p",
        "ANTHROPIC | https://api.anthropic.com | pk | x-api-key: relay-key | provider x-api-key: pk",
        "ANTHROPIC | https://api.anthropic.com | pk | Authorization: Bearer relay-token | provider x-api-key: pk",
        "ANTHROPIC | https://api.anthropic.com | pk | Authorization: bearer  relay-key | provider x-api-key: pk",
        "ANTHROPIC | https://api.anthropic.com | | x-api-key: relay-key | none",
        "ANTHROPIC | https://api.anthropic.com | | Authorization: Bearer managed-by-cc-relay | none",
        "ANTHROPIC | https://api.anthropic.com | | x-api-key: sk-proj-u | none",
        "ANTHROPIC | https://llm.example.org/anthropic | | Authorization: Bearer sk-ant-oat01-u | none",
        "ANTHROPIC | https://llm.example.org/anthropic | | x-api-key: sk-ant-api03-u | none",
        "ANTHROPIC | https://llm.example.org/anthropic | pk | Authorization: Bearer sk-ant-oat01-u | provider x-api-key: pk",
        "ANTHROPIC | https://llm.example.org/anthropic | pk | x-api-key: user | provider x-api-key: pk",
        "ANTHROPIC | https://llm.example.org/anthropic | | x-api-key: user | client x-api-key: user",
        "ANTHROPIC | https://api.anthropic.com.evil.org | | x-api-key: sk-ant-api03-u | none",
        "ANTHROPIC | https://notanthropic.com | | x-api-key: sk-ant-api03-u | none",
        "ANTHROPIC | http://127.0.0.1:8080 | pk | Authorization: Bearer sk-ant-oat01-u | client Authorization: Bearer sk-ant-oat01-u",
        "ANTHROPIC | http://localhost:8080 | pk | x-api-key: test | client x-api-key: test",
        "ANTHROPIC | http://[::1]:8080 | pk | x-api-key: test | client x-api-key: test",
        "ANTHROPIC | http://127.0.0.1.evil.org | | x-api-key: sk-ant-api03-u | none",
        "ZAI | https://api.z.ai/api/anthropic | zk | x-api-key: sk-ant-api03-u | provider x-api-key: zk",
        "ZAI | https://api.z.ai/api/anthropic | | x-api-key: user | none",
        "MINIMAX | https://api.minimax.io/anthropic | mk | x-api-key: user | provider Authorization: Bearer mk",
        "OLLAMA | http://localhost:11434 | | x-api-key: user | none",
        "OPENAI | https://api.openai.com | ok | Authorization: Bearer sk-proj-u | provider Authorization: Bearer ok",
        "OPENAI | https://api.openai.com | | Authorization: Bearer sk-proj-u | client Authorization: Bearer sk-proj-u",
        "OPENAI | https://api.openai.com | | Authorization: Bearer sk-ant-api03-u | none",
        "OPENAI | https://api.deepseek.com | | Authorization: Bearer sk-proj-u | none",
        "OPENAI | https://api.deepseek.com | | Authorization: Bearer sk-0123 | client Authorization: Bearer sk-0123",
        "OPENAI | https://api.deepseek.com | | Authorization: Bearer relay-token | none",
      })
  void theTable(ProviderType type, String baseUrl, String key, String client, String expected) {
    assertEquals(expected, decided(type, baseUrl, key, client));
  }

  @Test
  void twoCredentialsOfAClientPassOneByOne() {
    Fields both =
        Fields.of("x-api-key", "relay-key", "Authorization", "Bearer sk-ant-oat01-u", "X-A", "1");
    Decision decision = Credentials.decide(both, SECRETS, provider(ProviderType.ANTHROPIC, OWN));
    assertEquals(Fields.of("Authorization", "Bearer sk-ant-oat01-u"), decision.lines());
    Fields usable = Fields.of("x-api-key", "a", "Authorization", "Bearer b");
    assertEquals(
        usable,
        Credentials.decide(usable, SECRETS, provider(ProviderType.ANTHROPIC, OTHER)).lines());
  }

  @Test
  void aBlankKeyIsNone() {
    assertEquals("none", decided(ProviderType.ANTHROPIC, OWN, "", null));
  }

  @Test
  void theRelaysSecretsLeaveInNoField() {
    Fields client =
        Fields.of(
            "X-Litellm-Api-Key", "Bearer relay-key",
            "Cookie", "a=1; token=relay-token",
            "X-Note", "managed-by-cc-relay",
            "Api-Key", "user",
            "Proxy-Authorization", "Basic x",
            "X-Other", "relay-keys");
    Decision decision =
        Credentials.decide(client, SECRETS, provider(ProviderType.ANTHROPIC, OWN, "pk"));
    assertEquals(
        Fields.of("X-Other", "relay-keys", "x-api-key", "pk"),
        Hop.request(client, line -> false, decision, false));
  }

  @Test
  void nothingPrintsASecret() {
    Decision decision =
        Credentials.decide(
            Fields.none(), SECRETS, provider(ProviderType.ANTHROPIC, OWN, "sk-secret"));
    assertEquals(Source.PROVIDER, decision.source());
    assertFalse((decision + " " + SECRETS).contains("secret-"));
    assertFalse((decision + " " + SECRETS).contains("sk-secret"));
    assertFalse((decision + " " + SECRETS).contains("relay-key"));
  }
}
