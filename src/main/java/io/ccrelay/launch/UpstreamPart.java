package io.ccrelay.launch;

import io.ccrelay.cassette.Cassette;
import io.ccrelay.cassette.CassetteUpstream;
import io.ccrelay.config.RelayConfig;
import io.ccrelay.metrics.Meters;
import io.ccrelay.proxy.Traces;
import io.ccrelay.tracing.Tracing;
import io.ccrelay.tracing.TracingOptions;
import io.ccrelay.upstream.Upstream;
import io.ccrelay.upstream.UpstreamException;
import io.ccrelay.upstream.http.HttpUpstream;
import io.ccrelay.upstream.http.HttpUpstreamOptions;
import io.ccrelay.upstream.http.InFlight;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ways upstream: connections, which all share one bound, and around them what is counted,
 * traced and kept on a cassette. Safe for use from any context.
 */
final class UpstreamPart {

  private static final Logger LOG = LoggerFactory.getLogger(UpstreamPart.class);

  private final Vertx vertx;
  private final Meters meters;
  private final InFlight inFlight = new InFlight(HttpUpstreamOptions.DEFAULTS);
  private volatile Optional<Cassette> cassette = Optional.empty();
  private volatile Optional<Tracing> tracing = Optional.empty();

  UpstreamPart(Vertx vertx, Meters meters) {
    this.vertx = vertx;
    this.meters = meters;
    meters.show("cc.relay.upstream.connections", "Upstream exchanges in use", inFlight::inUse);
  }

  /**
   * Puts the cassette of {@code config}, if there is one, before the upstreams made from now on.
   */
  Future<Void> openCassette(RelayConfig config) {
    if (!config.cassette().enabled()) {
      return Future.succeededFuture();
    }
    return vertx
        .executeBlocking(() -> Cassette.open(config.cassette(), config.responses().ignore()), false)
        .onSuccess(opened -> {
          cassette = Optional.of(Objects.requireNonNull(opened));
          LOG.info("cassette opened: mode {}, {} answers", config.cassette().mode(), opened.size());
        })
        .recover(failure ->
            Future.failedFuture(
                new IllegalArgumentException(
                    "cache.responses.cassette: " + failure.getMessage(), failure)))
        .mapEmpty();
  }

  /** Follows the requests of all that is made from now on, if {@code options} want it. */
  void trace(TracingOptions options) {
    if (options.enabled()) {
      tracing = Optional.of(Tracing.of(options, Version.current()));
    }
  }

  /** What follows requests. */
  Traces traces() {
    return tracing.<Traces>map(it -> it).orElse(Traces.NONE);
  }

  /** Sends what is left of traces. Never fails. */
  Future<Void> closeTraces() {
    Optional<Tracing> open = tracing;
    return open.isEmpty()
        ? Future.succeededFuture()
        : vertx
            .executeBlocking(
                () -> {
                  open.get().close();
                  return true;
                },
                false)
            .transform((_, _) -> Future.succeededFuture());
  }

  /** A way to providers and backends, for one verticle. */
  Upstream open() {
    Upstream real =
        new HttpUpstream(vertx, HttpUpstreamOptions.DEFAULTS, inFlight).observedBy(this::exchanged);
    Upstream traced = tracing.map(it -> it.around(real)).orElse(real);
    return cassette.<Upstream>map(it -> new CassetteUpstream(vertx, it, traced)).orElse(traced);
  }

  /** A way to where policies send requests, which is neither counted nor traced. */
  Upstream open(PolicyPlaces places) {
    return new HttpUpstream(vertx, HttpUpstreamOptions.DEFAULTS, inFlight, places);
  }

  private void exchanged(
      Upstream.Request request, Optional<UpstreamException> failure, long nanos) {
    String result = failure.map(it -> it.kind().token()).orElse("ok");
    meters.upstream(request.origin(), result, nanos);
  }
}
