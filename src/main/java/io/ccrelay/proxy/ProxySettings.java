package io.ccrelay.proxy;

import io.ccrelay.llm.ResponsesOptions;
import io.ccrelay.upstream.ProviderOptions;
import io.ccrelay.upstream.RoutingOptions;
import java.util.List;

/**
 * What the relay reads anew for every request; replaced as a whole by a reload. A request keeps the
 * settings it began with.
 *
 * @param generation counts reloads, so that remembered decisions can tell they are old
 * @param server listener settings; those that need a restart are read once
 * @param providers all providers
 * @param routing how one is chosen
 * @param responses which answers are cached
 * @param apis the HTTP APIs beside the LLM routes
 */
public record ProxySettings(
    long generation,
    ServerOptions server,
    List<ProviderOptions> providers,
    RoutingOptions routing,
    ResponsesOptions responses,
    List<ApiOptions> apis) {

  /** Makes the lists immutable. */
  public ProxySettings {
    providers = List.copyOf(providers);
    apis = List.copyOf(apis);
  }
}
