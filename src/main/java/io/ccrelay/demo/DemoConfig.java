package io.ccrelay.demo;

import io.ccrelay.admin.ManagementOptions;
import io.ccrelay.cache.CacheOptions;
import io.ccrelay.config.RelayConfig;
import io.ccrelay.launch.LoggingOptions;
import io.ccrelay.llm.ResponsesOptions;
import io.ccrelay.metrics.PriceTable;
import io.ccrelay.policy.PolicySet;
import io.ccrelay.proxy.ServerOptions;
import io.ccrelay.upstream.ProviderOptions;
import io.ccrelay.upstream.ProviderType;
import io.ccrelay.upstream.RoutingOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The relay of the demonstration: defaults, free ports, streams cached too. */
final class DemoConfig {

  private DemoConfig() {}

  static RelayConfig of(String providerUrl) {
    return new RelayConfig(
        server(),
        List.of(
            provider("anthropic", ProviderType.ANTHROPIC, providerUrl),
            provider("openai", ProviderType.OPENAI, providerUrl)),
        RoutingOptions.DEFAULTS,
        CacheOptions.DEFAULTS,
        responses(),
        new ManagementOptions(
            true,
            "127.0.0.1",
            0,
            List.of(),
            new PriceTable(List.of(new PriceTable.Row("*", 3, 15)))),
        new LoggingOptions("error", "pretty", "stderr", true),
        List.of(),
        PolicySet.NONE,
        Optional.empty());
  }

  private static ServerOptions server() {
    ServerOptions all = ServerOptions.DEFAULTS;
    return new ServerOptions(
        all.host(),
        0,
        all.timeout(),
        all.maxConcurrent(),
        all.maxBodyBytes(),
        all.http2(),
        all.drain(),
        all.auth(),
        all.tls());
  }

  private static ProviderOptions provider(String name, ProviderType type, String url) {
    return new ProviderOptions(
        name,
        type,
        true,
        url,
        type.defaultModels(),
        Map.of(),
        List.of(),
        new ProviderOptions.Pooling(false, ""),
        ProviderOptions.Cloud.NONE);
  }

  private static ResponsesOptions responses() {
    ResponsesOptions all = ResponsesOptions.DEFAULTS;
    return new ResponsesOptions(
        all.enabled(),
        all.ttl(),
        all.ttlDeterministic(),
        all.maxTtl(),
        true,
        all.scope(),
        all.coalesce(),
        all.coalesceWait(),
        all.staleWhileRevalidate(),
        all.staleIfError(),
        all.toolUse(),
        all.maxEntryBytes(),
        all.usageOnHit(),
        all.finishAfterDisconnect(),
        all.ignore(),
        all.rules());
  }
}
