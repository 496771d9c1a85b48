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
import java.util.Set;

/**
 * Sends the reply of a run to the client, and accounts for it. Confined to the request's context.
 */
final class PolicyReply {

  private static final String ROUTE = "api";
  private static final int CLIENT_CLOSED_REQUEST = 499;

  private static final Set<String> FRAMING =
      Set.of("connection", "content-length", "keep-alive", "transfer-encoding", "trailer");

  private final RequestGate gate;
  private final HttpServerRequest request;
  private final Meters meters;
  private final Traces.Trace trace;
  private final InterimReplies interim;
  private final long begun = System.nanoTime();
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

  /** Sends {@code reply}; completes with what is known once it was handed to the connection. */
  Future<Sent> send(Response reply, boolean hit) {
    HttpServerResponse response = response();
    if (isOver()) {
      account(CacheOutcome.BYPASS, CLIENT_CLOSED_REQUEST);
      return Future.succeededFuture(new Sent(0, 0, ""));
    }
    response.setStatusCode(reply.statusCode());
    if (!reply.statusReason().isEmpty()) {
      response.setStatusMessage(reply.statusReason());
    }
    boolean live = reply.onItsWay().isPresent();
    head(reply.headers(), live);
    Future<Sent> sent =
        reply.onItsWay().isPresent() && reply.onItsWay().get() instanceof LiveAnswer answer
            ? stream(answer, reply.statusCode())
            : whole(reply);
    return sent.onComplete(
        _ -> account(hit ? CacheOutcome.HIT : CacheOutcome.MISS, reply.statusCode()));
  }

  private void head(Fields fields, boolean live) {
    for (Field line : fields) {
      String name = line.name().toLowerCase(Locale.ROOT);
      if (!FRAMING.contains(name) || (live && name.equals("content-length"))) {
        response().headers().add(line.name(), line.value());
      }
    }
  }

  private Future<Sent> whole(Response reply) {
    Buffer body = Buffers.view(reply.held());
    long size = body.length();
    boolean content = mayHaveContent(reply.statusCode());
    if (reply.statusCode() != 204 && reply.statusCode() != 304) {
      response().putHeader("content-length", String.valueOf(size));
    }
    var sent = new Sent(size, 0, reply.held().slice(tailFrom(size), (int) size).toUtf8());
    return gate.finish(request, content ? body : Buffer.buffer()).map(sent);
  }

  private static int tailFrom(long size) {
    return (int) Math.max(0, size - SentCount.TAIL);
  }

  private boolean mayHaveContent(int status) {
    return !request.method().name().equals("HEAD") && status != 204 && status != 304;
  }

  private Future<Sent> stream(LiveAnswer answer, int status) {
    if (!mayHaveContent(status)) {
      answer.start(new Discard(_ -> {}));
      return response().end().map(new Sent(0, 0, ""));
    }
    if (!response().headers().contains("content-length")) {
      response().setChunked(true);
    }
    var sink = new ResponseSink(response(), answer);
    var counted = new SentCount(sink);
    answer.start(counted);
    return sink.done().map(_ -> counted.sent());
  }

  /** The client left before the end. */
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
