package io.ccrelay.proxy.api;

import io.ccrelay.http.HttpCacheOptions;
import io.ccrelay.upstream.Upstream;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What exchanges with an origin on behalf of one request have in common. Immutable.
 *
 * @param clock wall clock
 * @param backends the origin
 * @param cached the API's cache
 * @param call the request as backends get it
 * @param target the request as the cache sees it
 */
record Scene(
    InstantSource clock, Upstream backends, Api.Cached cached, ApiCall call, Target target) {

  Instant now() {
    return clock.instant();
  }

  HttpCacheOptions rules() {
    return cached.options().rules();
  }

  VariantStore store() {
    return cached.store();
  }
}
