package io.ccrelay.upstream;

import java.util.Optional;

/** Is told how exchanges with upstreams ended; on the context of the exchange, once for each. */
@FunctionalInterface
public interface ExchangeObserver {

  /** Not interested. */
  ExchangeObserver NONE = (request, failure, nanos) -> {};

  /**
   * An exchange ended.
   *
   * @param request what was sent
   * @param failure why there was no complete answer, empty if there was one
   * @param nanos from the request given to the end
   */
  void ended(Upstream.Request request, Optional<UpstreamException> failure, long nanos);
}
