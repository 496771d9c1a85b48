package io.ccrelay.upstream;

import io.vertx.core.Future;

/**
 * Says where calls may go: an origin is resolved and checked, and the connection goes to the
 * address that was checked, so that a name that changes its address gains nothing. Safe for use
 * from any context.
 */
@FunctionalInterface
public interface Destinations {

  /**
   * The address to connect to for {@code origin}, as a literal. Fails with {@link
   * UpstreamException.Kind#CONNECT} if nothing may go there.
   */
  Future<String> addressOf(Origin origin);
}
