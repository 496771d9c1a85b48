package io.ccrelay.proxy;

import io.ccrelay.proxy.Admission.Admitted;
import io.ccrelay.proxy.Admission.Refused;
import io.ccrelay.proxy.transport.Connections;
import io.ccrelay.proxy.transport.Pace;
import io.ccrelay.proxy.transport.Repeats;
import io.ccrelay.testing.RawClient;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A small server behind a gate, as the gate's documentation shows it. {@code /early} is answered
 * with 401 and its body not read, {@code /late} after half a second, anything else after its body.
 */
final class GateServer implements AutoCloseable {

  static final ServerOptions ANY_PORT =
      new ServerOptions(
          "127.0.0.1",
          0,
          Duration.ofMinutes(10),
          0,
          64L << 20,
          false,
          Duration.ofSeconds(1),
          ServerOptions.Auth.OPEN,
          java.util.Optional.empty());

  /** Targets that came through, {@code !token} for refusals, {@code ?token} for broken bodies. */
  final List<String> seen = new CopyOnWriteArrayList<>();

  /** The last request that came through. */
  volatile Admitted last;

  final Vertx vertx = Vertx.vertx();
  final Connections connections;
  HttpServer server;
  private final ServerOptions options;
  private final Duration tick;

  GateServer() throws Exception {
    this(ANY_PORT, Pace.TICK, new Connections(1000));
  }

  GateServer(ServerOptions options, Duration tick, Connections connections) throws Exception {
    this.options = options;
    this.tick = tick;
    this.connections = connections;
    await(vertx.deployVerticle(new Serving()));
  }

  static GateServer withHttp2() throws Exception {
    return new GateServer(http2(ANY_PORT), Pace.TICK, new Connections(1000));
  }

  static ServerOptions http2(ServerOptions plain) {
    return new ServerOptions(
        plain.host(),
        plain.port(),
        plain.timeout(),
        plain.maxConcurrent(),
        plain.maxBodyBytes(),
        true,
        plain.drain(),
        plain.auth(),
        plain.tls());
  }

  static ServerOptions limit(long maxBodyBytes) {
    return new ServerOptions(
        "127.0.0.1",
        0,
        Duration.ofMinutes(10),
        0,
        maxBodyBytes,
        false,
        Duration.ofSeconds(1),
        ServerOptions.Auth.OPEN,
        java.util.Optional.empty());
  }

  static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  int port() {
    return server.actualPort();
  }

  RawClient client() throws Exception {
    return new RawClient(port());
  }

  /** Whether an ordinary request on a connection of its own is answered. */
  boolean isAlive() throws Exception {
    try (var client = client()) {
      client.send("GET /canary HTTP/1.1\r\nHost: a\r\n\r\n");
      var answer = client.answer();
      seen.remove("/canary");
      return answer.isPresent() && answer.get().status() == 200;
    }
  }

  @Override
  public void close() throws Exception {
    await(vertx.close());
  }

  private final class Serving extends AbstractVerticle implements RequestGate.Door {

    private RequestGate gate;

    @Override
    public void start(Promise<Void> started) {
      gate =
          new RequestGate(vertx, connections, new Repeats(InstantSource.system(), () -> 0), tick);
      server = gate.server(ListenerOptions.of(options), this);
      server.listen(ListenerOptions.address(options)).<Void>mapEmpty().onComplete(started);
    }

    @Override
    public void admitted(HttpServerRequest request, Admitted head) {
      seen.add(head.target());
      last = head;
      switch (head.path()) {
        case "/early" -> {
          request.response().setStatusCode(401);
          gate.finish(request, Buffer.buffer("who are you"));
        }
        case "/late" -> vertx.setTimer(500, _ -> request.response().end("late"));
        default ->
            gate.body(request, options.maxBodyBytes())
                .onSuccess(body -> request.response().end(body.length() == 0 ? OK : body))
                .onFailure(failure -> failed(request, (BodyException) failure));
      }
    }

    private void failed(HttpServerRequest request, BodyException failure) {
      seen.add("?" + failure.kind().token());
      if (failure.kind() != BodyException.Kind.BROKEN) {
        request.response().setStatusCode(failure.kind().status());
        gate.finish(request, Buffer.buffer(failure.kind().message()));
      }
    }

    @Override
    public void refused(HttpServerRequest request, Refused why) {
      seen.add("!" + why.token());
      request.response().setStatusCode(why.status());
      gate.finish(request, Buffer.buffer(why.message()));
    }
  }

  private static final Buffer OK = Buffer.buffer("ok");
}
