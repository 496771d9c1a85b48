package io.ccrelay.config;

import io.ccrelay.admin.ManagementOptions;
import io.ccrelay.cache.CacheOptions;
import io.ccrelay.cache.RedisOptions;
import io.ccrelay.cassette.CassetteOptions;
import io.ccrelay.launch.LoggingOptions;
import io.ccrelay.llm.ResponsesOptions;
import io.ccrelay.policy.PolicySet;
import io.ccrelay.proxy.ApiOptions;
import io.ccrelay.proxy.ServerOptions;
import io.ccrelay.semantic.SemanticOptions;
import io.ccrelay.tracing.TracingOptions;
import io.ccrelay.upstream.ProviderOptions;
import io.ccrelay.upstream.RoutingOptions;
import java.util.List;
import java.util.Optional;

/**
 * A whole configuration: checked, defaults filled in, immutable.
 *
 * @param server the relay's listener
 * @param providers all providers, disabled ones included
 * @param routing how one is chosen
 * @param cache the store
 * @param responses which answers are cached
 * @param management the management listener
 * @param logging the log
 * @param apis the HTTP APIs beside the LLM routes
 * @param policies the documents that apply to them
 * @param externalCache the cache that documents call external
 * @param semantic answers for similar questions
 * @param tracing where traces go
 * @param cassette recorded exchanges in place of the providers
 */
public record RelayConfig(
    ServerOptions server,
    List<ProviderOptions> providers,
    RoutingOptions routing,
    CacheOptions cache,
    ResponsesOptions responses,
    ManagementOptions management,
    LoggingOptions logging,
    List<ApiOptions> apis,
    PolicySet policies,
    Optional<RedisOptions> externalCache,
    SemanticOptions semantic,
    TracingOptions tracing,
    CassetteOptions cassette) {

  /** Makes the lists immutable. */
  public RelayConfig {
    providers = List.copyOf(providers);
    apis = List.copyOf(apis);
  }

  /** A configuration without answers for similar questions, traces and a cassette. */
  public RelayConfig(
      ServerOptions server,
      List<ProviderOptions> providers,
      RoutingOptions routing,
      CacheOptions cache,
      ResponsesOptions responses,
      ManagementOptions management,
      LoggingOptions logging,
      List<ApiOptions> apis,
      PolicySet policies,
      Optional<RedisOptions> externalCache) {
    this(
        server,
        providers,
        routing,
        cache,
        responses,
        management,
        logging,
        apis,
        policies,
        externalCache,
        SemanticOptions.DEFAULTS,
        TracingOptions.OFF,
        CassetteOptions.NONE);
  }
}
