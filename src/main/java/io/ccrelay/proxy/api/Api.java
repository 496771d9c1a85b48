package io.ccrelay.proxy.api;

import io.ccrelay.proxy.ApiOptions;
import io.ccrelay.proxy.ApiOptions.Caching;
import java.util.Optional;

/**
 * One API as a verticle knows it. Confined to one context.
 *
 * @param options its settings
 * @param backends the services behind it
 * @param cached its cache, empty if nothing is cached
 */
record Api(ApiOptions options, Backends backends, Optional<Cached> cached) {

  /**
   * The cache of an API.
   *
   * @param options its settings
   * @param store what is stored
   */
  record Cached(Caching options, VariantStore store) {}
}
