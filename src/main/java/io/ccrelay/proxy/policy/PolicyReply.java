package io.ccrelay.proxy.policy;

import io.ccrelay.cache.CacheOutcome;
import io.ccrelay.http.Field;
import io.ccrelay.http.Fields;
import io.ccrelay.metrics.Answered;
import io.ccrelay.metrics.Meters;
import io.ccrelay.policy.run.Effect.Sent;
import io.ccrelay.policy.run.Response;
import io.ccrelay.proxy.Buffers;
import io.ccrelay.proxy.Discard;
import io.ccrelay.proxy.InterimReplies;
import io.ccrelay.proxy.RequestGate;
import io.ccrelay.proxy.ResponseSink;
import io.ccrelay.proxy.Traces;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Sends the reply of a run to the client, and accounts for it. Confined to the request's context.
 */
final class PolicyReply {

  private static final String ROUTE = "api";
  private static final int CLIENT_CLOSED_REQUEST = 499;
  private static final Sent NOTHING = new Sent(0, 0, "");

  private static final Set<String> FRAMING =
      Set.of("connection", "content-length", "keep-alive", "transfer-encoding", "trailer");

  private final RequestGate gate;
  private final HttpServerRequest request;
  private final Meters meters;
  private final Traces.Trace trace;
  private final InterimReplies interim;
  private final long begun = System.nanoTime();
  private Consumer<Sent> bill = _ -> {};
  private Optional<SentCount> counted = Optional.empty();
  private boolean accounted;

  PolicyReply(RequestGate gate, HttpServerRequest request, Meters meters, Traces.Trace trace) {
    this.gate = gate;
    this.request = request;
    this.meters = meters;
    this.trace = trace;
    this.interim = new InterimReplies(request);
  }

  /** The trace that the request is part of. */
  Traces.Trace trace() {
    return trace;
  }

  /** An interim answer of the backend, passed on as it comes: statements see final ones only. */
  void interim(int status, Fields fields) {
    interim.send(status, fields);
  }

  boolean isOver() {
    return response().closed() || response().ended();
  }

  private HttpServerResponse response() {
    return request.response();
  }

  /**
   * Sends {@code reply}.
   *
   * @param bill told once what was sent: before the end is handed to the connection, or when the
   *     reply breaks off or the client leaves
   */
  void send(Response reply, boolean hit, Consumer<Sent> bill) {
    this.bill = bill;
    HttpServerResponse response = response();
    if (isOver()) {
      account(CacheOutcome.BYPASS, CLIENT_CLOSED_REQUEST);
      settle(NOTHING);
      return;
    }
    response.setStatusCode(reply.statusCode());
    if (!reply.statusReason().isEmpty()) {
      response.setStatusMessage(reply.statusReason());
    }
    boolean live = reply.onItsWay().isPresent();
    head(reply.headers(), live);
    Future<Void> sent =
        reply.onItsWay().isPresent() && reply.onItsWay().get() instanceof LiveAnswer answer
            ? stream(answer, reply.statusCode())
            : whole(reply);
    var _ =
        sent.onComplete(
            _ -> account(hit ? CacheOutcome.HIT : CacheOutcome.MISS, reply.statusCode()));
  }

  private void settle(Sent sent) {
    Consumer<Sent> open = bill;
    bill = _ -> {};
    open.accept(sent);
  }

  private void head(Fields fields, boolean live) {
    for (Field line : fields) {
      String name = line.name().toLowerCase(Locale.ROOT);
      if (!FRAMING.contains(name) || (live && name.equals("content-length"))) {
        response().headers().add(line.name(), line.value());
      }
    }
  }

  private Future<Void> whole(Response reply) {
    Buffer body = Buffers.view(reply.held());
    long size = body.length();
    boolean content = mayHaveContent(reply.statusCode());
    if (reply.statusCode() != 204 && reply.statusCode() != 304) {
      response().putHeader("content-length", String.valueOf(size));
    }
    settle(new Sent(size, 0, reply.held().slice(tailFrom(size), (int) size).toUtf8()));
    return gate.finish(request, content ? body : Buffer.buffer());
  }

  private static int tailFrom(long size) {
    return (int) Math.max(0, size - SentCount.TAIL);
  }

  private boolean mayHaveContent(int status) {
    return !request.method().name().equals("HEAD") && status != 204 && status != 304;
  }

  private Future<Void> stream(LiveAnswer answer, int status) {
    if (!mayHaveContent(status)) {
      answer.start(new Discard(_ -> {}));
      settle(NOTHING);
      return response().end();
    }
    if (!response().headers().contains("content-length")) {
      response().setChunked(true);
    }
    var sink = new ResponseSink(response(), answer);
    var passing = new SentCount(sink, this::settle);
    counted = Optional.of(passing);
    answer.start(passing);
    return sink.done();
  }

  /** The client left: what it got so far is paid for. */
  void left() {
    settle(counted.map(SentCount::sent).orElse(NOTHING));
  }

  /** The client left before there was a reply. */
  void abandoned() {
    account(CacheOutcome.BYPASS, CLIENT_CLOSED_REQUEST);
  }

  private void account(CacheOutcome outcome, int status) {
    if (!accounted) {
      accounted = true;
      var answered = Answered.of(ROUTE, outcome, status, System.nanoTime() - begun);
      meters.answered(answered);
      trace.ended(answered);
    }
  }
}
