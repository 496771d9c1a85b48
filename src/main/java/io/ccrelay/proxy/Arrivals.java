package io.ccrelay.proxy;

import io.ccrelay.llm.ExplainRequest;
import io.ccrelay.llm.Route;
import io.ccrelay.upstream.ProviderOptions;
import io.ccrelay.upstream.Routing;
import java.util.Optional;

/** Where a request that is told of, not sent, would arrive. */
final class Arrivals {

  /** What is found. */
  sealed interface Place {}

  /** It would be an LLM request. */
  record At(Understanding.Arrival arrival) implements Place {}

  /** The cache would have nothing to do with it, for {@code reason}, a token. */
  record Nowhere(String reason) implements Place {}

  private Arrivals() {}

  static Place of(ExplainRequest request, ProxySettings settings) {
    Optional<Route> route = Route.of("POST", request.path());
    if (route.isEmpty()) {
      return new Nowhere("no-route");
    }
    Optional<ProviderOptions> provider =
        Routing.pick(settings.providers(), Dispatch.family(route.get().dialect()));
    if (provider.isEmpty()) {
      return new Nowhere("no-provider");
    }
    String query = request.query();
    String target = query.isEmpty() ? request.path() : request.path() + '?' + query;
    return new At(
        new Understanding.Arrival(
            route.get(), target, query, request.fields(), settings, provider.get()));
  }
}
