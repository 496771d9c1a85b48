package io.ccrelay.proxy;

import io.ccrelay.cache.Bytes;
import io.ccrelay.http.Fields;
import io.ccrelay.llm.CacheControls;
import io.ccrelay.upstream.Credentials;
import io.ccrelay.upstream.Hop;
import io.ccrelay.upstream.KeyPool.Choice;
import io.ccrelay.upstream.KeyPools;
import io.ccrelay.upstream.ProviderOptions;
import io.ccrelay.upstream.RelaySecrets;
import io.ccrelay.upstream.Routing;
import io.ccrelay.upstream.Upstream;
import java.time.Duration;
import java.util.Optional;

/** Makes upstream requests of client requests. Safe for use from any context. */
final class UpstreamRequests {

  private static final Duration CONNECT = Duration.ofSeconds(3);

  private final KeyPools pools;

  UpstreamRequests(KeyPools pools) {
    this.pools = pools;
  }

  /**
   * The request for an LLM answer; it asks for identity coding, because the answer is to be
   * recorded and forwarded event by event.
   */
  KeyedRequest of(Understanding.Arrival arrival, Bytes body) {
    return request(
        "POST",
        arrival.target(),
        arrival.fields(),
        arrival.settings(),
        arrival.provider(),
        true,
        new Upstream.Body.Whole(Buffers.view(body)));
  }

  /** A request as the client framed it, with whatever body it has. */
  KeyedRequest request(
      String method,
      String target,
      Fields client,
      ProxySettings settings,
      ProviderOptions provider,
      boolean identity,
      Upstream.Body body) {
    RelaySecrets secrets = secrets(settings.server().auth());
    var draw = new Draw(pools, provider);
    var credential = Credentials.decide(client, secrets, provider, draw::key);
    Routing.Target address =
        Routing.targetOf(provider, secrets.removedFrom(target))
            .orElseThrow(() -> new IllegalStateException("base_url of " + provider.name()));
    var request =
        new Upstream.Request(
            method,
            address.origin(),
            address.target(),
            Hop.request(client, line -> CacheControls.isControl(line.name()), credential, identity),
            body,
            deadlines(settings.server().timeout()));
    return new KeyedRequest(request, draw.choice);
  }

  /** A key is drawn from the pool only for a request that carries one of the provider's. */
  private static final class Draw {
    private final KeyPools pools;
    private final ProviderOptions provider;
    private Choice choice = new Choice.None();

    Draw(KeyPools pools, ProviderOptions provider) {
      this.pools = pools;
      this.provider = provider;
    }

    Optional<String> key() {
      choice = pools.choose(provider);
      return switch (choice) {
        case Choice.None none -> Credentials.firstKey(provider);
        case Choice.Chosen chosen -> Optional.of(chosen.key());
        case Choice.Exhausted exhausted -> Optional.empty();
      };
    }
  }

  private static Upstream.Deadlines deadlines(Duration timeout) {
    return new Upstream.Deadlines(CONNECT, timeout, timeout, Optional.of(timeout));
  }

  private static RelaySecrets secrets(ServerOptions.Auth auth) {
    return RelaySecrets.of(auth.apiKey(), auth.bearerSecret());
  }
}
