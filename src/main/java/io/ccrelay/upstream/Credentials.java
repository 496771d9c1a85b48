package io.ccrelay.upstream;

import io.ccrelay.http.Field;
import io.ccrelay.http.Fields;
import io.ccrelay.upstream.ProviderOptions.KeyOptions;
import io.ccrelay.upstream.ProviderType.Credential;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Whose credential a request carries to a provider.
 *
 * <table>
 *   <caption>After the relay's own secrets and the placeholder were taken away</caption>
 *   <tr><th>provider's type</th><th>its host</th><th>has a key</th><th>the client's credential</th>
 *       <th>sent</th></tr>
 *   <tr><td>anthropic, openai</td><td>any</td><td>no</td><td>left, may go there</td>
 *       <td>the client's</td></tr>
 *   <tr><td>anthropic</td><td>anthropic.com or loopback</td><td>yes</td>
 *       <td>left, may go there</td><td>the client's (as the original cc-relay does)</td></tr>
 *   <tr><td>any other case</td><td></td><td>yes</td><td></td><td>the provider's</td></tr>
 *   <tr><td>any other case</td><td></td><td>no</td><td></td><td>none</td></tr>
 * </table>
 *
 * <p>A credential whose form tells its issuer ({@code sk-ant-...}: Anthropic, API key or OAuth
 * token; {@code sk-proj-...}, {@code sk-svcacct-...}, {@code sk-admin-...}: OpenAI) may go to hosts
 * of that issuer only; hosts on loopback are exempt, since what runs there is the operator's own.
 * Several credential lines of a client are passed on as they came or not at all, one by one; the
 * relay never adds a second one.
 */
public final class Credentials {

  /** Names of fields that carry a client's credential; never forwarded but by decision. */
  private static final Set<String> NAMES =
      Set.of("authorization", "x-api-key", "api-key", "x-goog-api-key");

  private static final Map<String, String> ISSUERS =
      Map.of(
          "sk-ant-", "anthropic.com",
          "sk-proj-", "openai.com",
          "sk-svcacct-", "openai.com",
          "sk-admin-", "openai.com");

  private static final String OAUTH_TOKEN = "sk-ant-oat";

  private Credentials() {}

  /** Whose credential was chosen. */
  public enum Source {
    /** The client's. */
    CLIENT("client"),
    /** The provider's configured key. */
    PROVIDER("provider"),
    /** Nobody's. */
    NONE("none");

    private final String token;

    Source(String token) {
      this.token = token;
    }

    /** The token for log and metric. */
    public String token() {
      return token;
    }
  }

  /**
   * A decision.
   *
   * @param source whose credential
   * @param lines the field lines to send
   * @param secrets what must not leave in any other field either
   */
  public record Decision(Source source, Fields lines, RelaySecrets secrets) {
    @Override
    public String toString() {
      return "Decision(" + source + ")";
    }
  }

  /**
   * Decides which credential a request with {@code client}'s lines carries to {@code provider}: of
   * the provider's keys the first.
   */
  public static Decision decide(Fields client, RelaySecrets secrets, ProviderOptions provider) {
    return decide(client, secrets, provider, () -> firstKey(provider));
  }

  /**
   * The same with a key of the caller's choice.
   *
   * @param chosen the provider's key, asked for only if the request carries one
   */
  public static Decision decide(
      Fields client,
      RelaySecrets secrets,
      ProviderOptions provider,
      Supplier<Optional<String>> chosen) {
    String host = Origin.parse(provider.baseUrl()).map(Origin::host).orElse("");
    Fields own = clientsOwn(client, secrets, host);
    if (!own.lines().isEmpty()
        && clientMayPass(provider.type(), host, firstKey(provider).isPresent())) {
      return new Decision(Source.CLIENT, own, secrets);
    }
    return chosen
        .get()
        .flatMap(k -> line(provider.type().credential(), k))
        .map(line -> new Decision(Source.PROVIDER, Fields.of(List.of(line)), secrets))
        .orElseGet(() -> new Decision(Source.NONE, Fields.none(), secrets));
  }

  /** Whether a field named {@code lowerCaseName} carries a credential. */
  static boolean isCredential(String lowerCaseName) {
    return NAMES.contains(lowerCaseName);
  }

  /** The first key of {@code provider} that is one. */
  public static Optional<String> firstKey(ProviderOptions provider) {
    return provider.keys().stream().map(KeyOptions::key).filter(k -> !k.isBlank()).findFirst();
  }

  private static boolean clientMayPass(ProviderType type, String host, boolean hasKey) {
    return switch (type) {
      case ANTHROPIC -> !hasKey || isWithin(host, "anthropic.com") || Origin.isLoopback(host);
      case OPENAI -> !hasKey;
      case ZAI, MINIMAX, OLLAMA, BEDROCK, VERTEX, AZURE -> false;
    };
  }

  private static Fields clientsOwn(Fields client, RelaySecrets secrets, String host) {
    var own = new ArrayList<Field>(2);
    for (Field line : client) {
      if (line.is("x-api-key") || line.is("authorization")) {
        String token = token(line);
        if (!token.isEmpty() && !secrets.is(token) && !secrets.in(line) && mayReach(token, host)) {
          own.add(line);
        }
      }
    }
    return Fields.of(own);
  }

  private static boolean mayReach(String token, String host) {
    if (Origin.isLoopback(host)) {
      return true;
    }
    for (var issuer : ISSUERS.entrySet()) {
      if (token.startsWith(issuer.getKey())) {
        return isWithin(host, issuer.getValue());
      }
    }
    return true;
  }

  /** The value of {@code x-api-key}, or what follows the scheme of {@code Authorization}. */
  private static String token(Field line) {
    String value = line.value().strip();
    if (line.is("x-api-key")) {
      return value;
    }
    int blank = value.indexOf(' ');
    return blank < 0 ? "" : value.substring(blank + 1).strip();
  }

  private static boolean isWithin(String host, String domain) {
    return host.equals(domain) || host.endsWith("." + domain);
  }

  private static Optional<Field> line(Credential kind, String key) {
    return switch (kind) {
      case X_API_KEY ->
          Optional.of(
              key.startsWith(OAUTH_TOKEN)
                  ? new Field("Authorization", "Bearer " + key)
                  : new Field("x-api-key", key));
      case BEARER -> Optional.of(new Field("Authorization", "Bearer " + key));
      case NONE -> Optional.empty();
    };
  }
}
