package io.ccrelay.upstream;

import io.ccrelay.http.Fields;
import io.ccrelay.upstream.ProviderType.Family;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/** Which provider gets a request, and under which address. */
public final class Routing {

  private static final List<String> ANTHROPIC_PATHS = List.of("/v1/messages", "/v1/complete");

  private static final List<String> OPENAI_PATHS =
      List.of(
          "/v1/assistants",
          "/v1/audio",
          "/v1/batches",
          "/v1/chat",
          "/v1/completions",
          "/v1/conversations",
          "/v1/embeddings",
          "/v1/evals",
          "/v1/fine_tuning",
          "/v1/images",
          "/v1/moderations",
          "/v1/realtime",
          "/v1/responses",
          "/v1/threads",
          "/v1/uploads",
          "/v1/vector_stores",
          "/v1/videos");

  private Routing() {}

  /** The first provider that is enabled, can be forwarded to and speaks {@code family}. */
  public static Optional<ProviderOptions> pick(List<ProviderOptions> providers, Family family) {
    for (ProviderOptions provider : providers) {
      if (serves(provider) && provider.type().family() == family) {
        return Optional.of(provider);
      }
    }
    return Optional.empty();
  }

  /**
   * The provider for a path that is no known route. A path that only one dialect has goes to a
   * provider of that dialect or nowhere. For the others, such as {@code /v1/files}, fields that
   * only one dialect has ({@code anthropic-version}, {@code anthropic-beta}, {@code x-api-key})
   * prefer it, and else the first enabled provider serves.
   *
   * @param path path of the request without query
   */
  public static Optional<ProviderOptions> pickFor(
      List<ProviderOptions> providers, String path, Fields client) {
    if (isUnder(path, ANTHROPIC_PATHS)) {
      return pick(providers, Family.ANTHROPIC);
    }
    if (isUnder(path, OPENAI_PATHS)) {
      return pick(providers, Family.OPENAI);
    }
    Optional<ProviderOptions> any = providers.stream().filter(Routing::serves).findFirst();
    return speaksAnthropic(client) ? pick(providers, Family.ANTHROPIC).or(() -> any) : any;
  }

  /**
   * Where {@code pathAndQuery} is at {@code provider}: the base URL's path and then the request's,
   * query kept byte for byte. A base URL of an OpenAI-compatible service may end in {@code /v1} as
   * its SDKs write it; the part is not doubled then. Empty when the base URL is no absolute {@code
   * http} or {@code https} URL.
   */
  public static Optional<Target> targetOf(ProviderOptions provider, String pathAndQuery) {
    try {
      var base = new URI(provider.baseUrl());
      return Origin.of(base)
          .map(origin -> new Target(origin.toString(), join(provider, base, pathAndQuery)));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /**
   * An address for {@link Upstream.Request}.
   *
   * @param origin scheme, host and port
   * @param target path and query
   */
  public record Target(String origin, String target) {}

  private static boolean serves(ProviderOptions provider) {
    return provider.enabled() && provider.type().served();
  }

  private static boolean speaksAnthropic(Fields client) {
    return client.has("anthropic-version")
        || client.has("anthropic-beta")
        || client.has("x-api-key");
  }

  private static boolean isUnder(String path, List<String> roots) {
    return roots.stream().anyMatch(root -> path.equals(root) || path.startsWith(root + "/"));
  }

  private static String join(ProviderOptions provider, URI base, String pathAndQuery) {
    String prefix = base.getRawPath() == null ? "" : base.getRawPath();
    while (prefix.endsWith("/")) {
      prefix = prefix.substring(0, prefix.length() - 1);
    }
    boolean doubled =
        provider.type().family() == Family.OPENAI
            && prefix.endsWith("/v1")
            && pathAndQuery.startsWith("/v1/");
    return doubled ? prefix + pathAndQuery.substring(3) : prefix + pathAndQuery;
  }
}
