package io.ccrelay.proxy;

import io.ccrelay.http.Field;
import io.ccrelay.http.Fields;
import io.ccrelay.proxy.PassThrough.Outcome;
import io.ccrelay.upstream.Credentials;
import io.ccrelay.upstream.Hop;
import io.ccrelay.upstream.RelaySecrets;
import io.ccrelay.upstream.Upstream;
import io.ccrelay.upstream.http.HttpUpstream;
import io.ccrelay.upstream.http.HttpUpstreamOptions;
import io.ccrelay.upstream.http.InFlight;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A bare relay around {@link PassThrough}: what a verticle does with a path that is not cached. */
final class PassingRelay extends VerticleBase {

  private static final Upstream.Deadlines DEADLINES =
      new Upstream.Deadlines(
          Duration.ofSeconds(3), Duration.ofSeconds(8), Duration.ofSeconds(8), Optional.empty());

  private final Vertx client;
  private final InFlight inFlight = new InFlight(4, 20);
  private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();
  private volatile String origin = "";
  private HttpServer server;
  private PassThrough passThrough;

  PassingRelay(Vertx client) {
    this.client = client;
  }

  /** Passes requests to {@code origin} from now on. */
  void passTo(String origin) {
    this.origin = origin;
  }

  int port() {
    return server.actualPort();
  }

  /** Connections in use. */
  int inUse() {
    return inFlight.inUse();
  }

  /** How the requests ended, in the order of their ends. */
  List<Outcome> outcomes() {
    return outcomes;
  }

  @Override
  public Future<?> start() {
    passThrough = new PassThrough(new HttpUpstream(client, HttpUpstreamOptions.DEFAULTS, inFlight));
    server = client.createHttpServer().requestHandler(this::serve);
    return server.listen(SocketAddress.inetSocketAddress(0, "127.0.0.1"));
  }

  private void serve(HttpServerRequest request) {
    request.pause();
    var lines = new ArrayList<Field>();
    for (Map.Entry<String, String> line : request.headers()) {
      lines.add(new Field(line.getKey(), line.getValue()));
    }
    var none = new Credentials.Decision(Credentials.Source.NONE, Fields.none(), RelaySecrets.NONE);
    var parts =
        new Upstream.Request(
            request.method().name(),
            origin,
            request.uri(),
            Hop.request(Fields.of(lines), line -> false, none, false),
            RequestSource.bodyOf(request),
            DEADLINES);
    passThrough.relay(
        request,
        parts,
        outcome -> {
          outcomes.add(outcome);
          if (outcome instanceof Outcome.Unanswered unanswered) {
            request.response().setStatusCode(unanswered.cause().kind().status()).end();
          }
        });
  }
}
