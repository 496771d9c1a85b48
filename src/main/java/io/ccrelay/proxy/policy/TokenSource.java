package io.ccrelay.proxy.policy;

import io.vertx.core.Future;
import java.util.Optional;

/** Where tokens for other services come from. Safe for use from any context. */
@FunctionalInterface
public interface TokenSource {

  /** No source: every request for a token fails. */
  TokenSource NONE = (_, _) -> Future.failedFuture("no token source is configured");

  /** A token for {@code resource}; the failure's message is for the operator, without secrets. */
  Future<String> token(String resource, Optional<String> clientId);
}
