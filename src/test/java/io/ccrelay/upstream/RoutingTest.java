package io.ccrelay.upstream;

import static io.ccrelay.upstream.CredentialsTest.provider;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.http.Fields;
import io.ccrelay.upstream.ProviderType.Family;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutingTest {

  private static final ProviderOptions OPENAI =
      provider(ProviderType.OPENAI, "https://api.openai.com");
  private static final ProviderOptions ZAI =
      provider(ProviderType.ZAI, "https://api.z.ai/api/anthropic");
  private static final ProviderOptions BEDROCK = provider(ProviderType.BEDROCK, "");

  private static ProviderOptions disabled(ProviderOptions p) {
    return new ProviderOptions(
        p.name(),
        p.type(),
        false,
        p.baseUrl(),
        p.models(),
        p.modelMapping(),
        p.keys(),
        p.pooling(),
        p.cloud());
  }

  @Test
  void theFirstEnabledServedProviderOfTheFamilyIsPicked() {
    ProviderOptions anthropic = provider(ProviderType.ANTHROPIC, "https://api.anthropic.com");
    var providers = List.of(BEDROCK, disabled(anthropic), OPENAI, ZAI, anthropic);
    assertEquals(Optional.of(ZAI), Routing.pick(providers, Family.ANTHROPIC));
    assertEquals(Optional.of(OPENAI), Routing.pick(providers, Family.OPENAI));
    assertEquals(Optional.empty(), Routing.pick(List.of(BEDROCK), Family.ANTHROPIC));
  }

  @Test
  void otherPathsGoWhereTheirDialectIsSpoken() {
    var providers = List.of(OPENAI, ZAI);
    Fields none = Fields.none();
    Fields version = Fields.of("anthropic-version", "2023-06-01");
    assertEquals(Optional.of(ZAI), Routing.pickFor(providers, "/v1/messages/batches", none));
    assertEquals(Optional.of(OPENAI), Routing.pickFor(providers, "/v1/images/edits", version));
    assertEquals(Optional.of(ZAI), Routing.pickFor(providers, "/v1/files", version));
    assertEquals(Optional.of(OPENAI), Routing.pickFor(providers, "/v1/files", none));
    assertEquals(Optional.of(OPENAI), Routing.pickFor(List.of(OPENAI), "/v1/files", version));
    assertEquals(Optional.empty(), Routing.pickFor(List.of(OPENAI), "/v1/messages/x", none));
    assertEquals(Optional.empty(), Routing.pickFor(List.of(ZAI), "/v1/images", none));
    assertEquals(Optional.of(OPENAI), Routing.pickFor(providers, "/v1/messagesx", none));
    assertEquals(Optional.empty(), Routing.pickFor(List.of(), "/v1/files", none));
  }

  @ParameterizedTest
  @CsvSource({
    "ANTHROPIC, https://api.anthropic.com, /v1/messages?beta=true, https://api.anthropic.com, /v1/messages?beta=true",
    "ZAI, https://api.z.ai/api/anthropic, /v1/messages, https://api.z.ai, /api/anthropic/v1/messages",
    "ANTHROPIC, HTTP://Host:8080/a/, /v1/x?q=%2F&&=a%, http://host:8080, /a/v1/x?q=%2F&&=a%",
    "ANTHROPIC, https://h:443/v1, /v1/messages, https://h, /v1/v1/messages",
    "OPENAI, https://h:8443/v1, /v1/chat/completions, https://h:8443, /v1/chat/completions",
    "OPENAI, https://h/api/v1/, /v1/models?limit=1, https://h, /api/v1/models?limit=1",
    "OPENAI, https://h/api, /v1/models, https://h, /api/v1/models",
    "OPENAI, https://user:secret@h/a%20b, /v1/models, https://h, /a%20b/v1/models",
    "OLLAMA, http://[::1]:11434, /v1/messages, http://[::1]:11434, /v1/messages",
  })
  void targetsJoinBaseAndRequest(
      ProviderType type, String base, String path, String origin, String target) {
    assertEquals(
        Optional.of(new Routing.Target(origin, target)),
        Routing.targetOf(provider(type, base), path));
  }

  @ParameterizedTest
  @CsvSource({"ftp://h", "h", "'http:// h'", "http://", "http://h:99999"})
  void aBaseUrlThatIsNoneHasNoTarget(String base) {
    assertEquals(
        Optional.empty(), Routing.targetOf(provider(ProviderType.ANTHROPIC, base), "/v1/x"));
  }
}
