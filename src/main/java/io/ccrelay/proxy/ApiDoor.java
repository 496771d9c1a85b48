package io.ccrelay.proxy;

import io.ccrelay.cache.Cache;
import io.ccrelay.proxy.Admission.Admitted;
import io.ccrelay.upstream.Upstream;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/** Where requests for HTTP APIs go. Confined to the verticle's context. */
public interface ApiDoor {

  /**
   * Answers {@code request} on behalf of {@code api}.
   *
   * @param head the request as admitted
   * @param api the API whose path it has
   * @param settings the settings the request began with
   */
  void admitted(HttpServerRequest request, Admitted head, ApiOptions api, ProxySettings settings);

  /** Makes the door of one verticle. */
  @FunctionalInterface
  interface Maker {

    /** A door on the current context. */
    ApiDoor open(Vertx vertx, RequestGate gate, ProxyParts parts, Cache cache, Upstream upstream);
  }
}
