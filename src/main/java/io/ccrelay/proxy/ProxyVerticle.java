package io.ccrelay.proxy;

import io.ccrelay.cache.Cache;
import io.ccrelay.proxy.transport.Repeats;
import io.ccrelay.upstream.Upstream;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Answers HTTP on one event loop: the socket, the request gate and what lies behind it. Confined to
 * its context.
 */
public final class ProxyVerticle extends VerticleBase {

  private final ProxyParts parts;
  private Optional<HttpServer> server = Optional.empty();
  private Optional<RequestGate> gate = Optional.empty();
  private Optional<CertificateReload> certificates = Optional.empty();

  /** A verticle over {@code parts}; deploy one instance per event loop. */
  public ProxyVerticle(ProxyParts parts) {
    this.parts = parts;
  }

  @Override
  public Future<?> start() {
    ServerOptions options = parts.settings().get().server();
    Cache cache = parts.cache().get();
    Upstream upstream = parts.upstream().get();
    var repeats = new Repeats(parts.clock(), parts.settings());
    var entrance = new RequestGate(vertx, parts.connections(), repeats);
    gate = Optional.of(entrance);
    var llm = new LlmRelay(vertx, parts, cache, upstream);
    ApiDoor apis = parts.apis().open(vertx, entrance, parts, cache, upstream);
    HttpServer listener =
        entrance.server(
            ListenerOptions.of(options), new Dispatch(vertx, parts, entrance, llm, apis, upstream));
    server = Optional.of(listener);
    return listener.listen(ListenerOptions.address(options));
  }

  @Override
  public Future<?> stop() {
    certificates.ifPresent(CertificateReload::close);
    gate.ifPresent(RequestGate::closeAfterAnswers);
    long drain = parts.settings().get().server().drain().toMillis();
    return server
        .map(listener -> listener.shutdown(drain, TimeUnit.MILLISECONDS))
        .orElseGet(Future::succeededFuture);
  }

  /** Requests are still taken, but clients are told to go elsewhere with their next ones. */
  public void sendClientsAway() {
    context.runOnContext(_ -> gate.ifPresent(RequestGate::closeAfterAnswers));
  }

  /**
   * Follows changes of the certificate from now on. Instances that share a port share what is
   * served on it, so that one of them is enough.
   */
  public void followCertificate(ServerOptions.Tls files) {
    certificates = Optional.of(CertificateReload.watch(vertx, server.orElseThrow(), files));
  }

  /** The port the listener got, once started. */
  public int actualPort() {
    return server.orElseThrow().actualPort();
  }
}
