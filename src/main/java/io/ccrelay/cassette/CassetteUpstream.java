package io.ccrelay.cassette;

import io.ccrelay.llm.Route;
import io.ccrelay.upstream.Upstream;
import io.vertx.core.Vertx;
import java.util.Optional;

/**
 * An upstream that answers LLM requests from a cassette, or adds what another answers to it. Other
 * requests pass, except that nothing under {@code /v1/} reaches the other in replay. Confined to
 * one context.
 */
public final class CassetteUpstream implements Upstream {

  private final Vertx vertx;
  private final Cassette cassette;
  private final Upstream real;

  /** {@code real} behind {@code cassette}. */
  public CassetteUpstream(Vertx vertx, Cassette cassette, Upstream real) {
    this.vertx = vertx;
    this.cassette = cassette;
    this.real = real;
  }

  @Override
  public Call call(Request request) {
    Optional<Route> route = Question.route(request.method(), request.target());
    boolean readable = route.isPresent() && request.body() instanceof Body.Whole;
    boolean forbidden =
        cassette.mode() == CassetteOptions.Mode.REPLAY && request.target().contains("/v1/");
    return readable || forbidden
        ? new CassetteCall(vertx, cassette, real, request, route)
        : real.call(request);
  }
}
