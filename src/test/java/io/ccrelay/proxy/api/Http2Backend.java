package io.ccrelay.proxy.api;

import io.ccrelay.proxy.transport.Connections;
import io.ccrelay.proxy.transport.GuardedServer;
import io.ccrelay.proxy.transport.Pace;
import io.ccrelay.proxy.transport.Repeats;
import io.ccrelay.testing.Await;
import io.netty.handler.ssl.util.SelfSignedCertificate;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.SocketAddress;
import java.security.cert.CertificateException;
import java.time.InstantSource;

/** A service at {@code https://localhost} that speaks HTTP/2 where it is asked to. */
final class Http2Backend implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final SelfSignedCertificate certificate;
  private final HttpServer server;

  private Http2Backend(SelfSignedCertificate certificate, Handler<HttpServerRequest> script) {
    this.certificate = certificate;
    var options =
        new HttpServerOptions()
            .setSsl(true)
            .setUseAlpn(true)
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .setCertPath(certificate.certificate().getPath())
                    .setKeyPath(certificate.privateKey().getPath()));
    Promise<HttpServer> listening = Promise.promise();
    vertx.runOnContext(_ ->
        GuardedServer.create(
                vertx,
                options,
                new Pace(vertx, Pace.TICK),
                new Connections(100),
                new Repeats(InstantSource.system(), () -> 0))
            .requestHandler(script)
            .listen(SocketAddress.inetSocketAddress(0, "127.0.0.1"))
            .onComplete(listening));
    server = Await.result(listening.future());
  }

  static Http2Backend of(Handler<HttpServerRequest> script) {
    try {
      return new Http2Backend(new SelfSignedCertificate("localhost"), script);
    } catch (CertificateException e) {
      throw new AssertionError(e);
    }
  }

  /** Settings of an API before it, YAML flow members. */
  String settings() {
    return "backend: \"https://localhost:%d\", tls: {trust: '%s', http2: true}"
        .formatted(server.actualPort(), certificate.certificate().getPath());
  }

  @Override
  public void close() {
    Await.result(vertx.close());
    certificate.delete();
  }
}
