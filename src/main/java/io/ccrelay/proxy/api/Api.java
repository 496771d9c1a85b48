package io.ccrelay.proxy.api;

import io.ccrelay.proxy.ApiOptions;
import io.ccrelay.proxy.ApiOptions.Caching;
import io.ccrelay.upstream.RelaySecrets;
import java.util.Optional;

/**
 * One API as a verticle knows it. Confined to one context.
 *
 * @param options its settings
 * @param backends the services behind it
 * @param cached its cache, empty if nothing is cached
 * @param secrets what opens the relay and goes to no backend
 */
record Api(ApiOptions options, Backends backends, Optional<Cached> cached, RelaySecrets secrets) {

  /**
   * The cache of an API.
   *
   * @param options its settings
   * @param store what is stored
   */
  record Cached(Caching options, VariantStore store) {}
}
