package io.ccrelay.proxy.api;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.CacheOutcome;
import io.ccrelay.http.Field;
import io.ccrelay.http.Fields;
import io.ccrelay.metrics.Answered;
import io.ccrelay.metrics.Meters;
import io.ccrelay.proxy.HotBodies;
import io.ccrelay.proxy.RequestGate;
import io.ccrelay.proxy.Traces;
import io.ccrelay.proxy.WholeBody;
import io.ccrelay.proxy.WireText;
import io.ccrelay.proxy.transport.Repeatable;
import io.ccrelay.proxy.transport.Shortcut;
import io.ccrelay.upstream.UpstreamException;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The reply to one request for an API and the account of how it ended. Errors of the relay's own
 * are problem documents (RFC 9457) without {@code Cache-Status} (RFC 9211 section 2). Confined to
 * the request's context.
 */
final class ApiReply {

  private static final String ROUTE = "api";
  private static final int CLIENT_CLOSED_REQUEST = 499;

  private final Vertx vertx;
  private final RequestGate gate;
  private final HttpServerRequest request;
  private final Meters meters;
  private final Traces.Trace trace;
  private final HotBodies hot;
  private final WireText wire;
  private final long begun = System.nanoTime();
  private String allow = "";
  private boolean accounted;

  ApiReply(
      Vertx vertx,
      RequestGate gate,
      HttpServerRequest request,
      Meters meters,
      Traces.Trace trace,
      HotBodies hot,
      WireText wire) {
    this.vertx = vertx;
    this.gate = gate;
    this.request = request;
    this.meters = meters;
    this.trace = trace;
    this.hot = hot;
    this.wire = wire;
  }

  Vertx vertx() {
    return vertx;
  }

  HttpServerRequest request() {
    return request;
  }

  HttpServerResponse response() {
    return request.response();
  }

  /** The trace that the request is part of. */
  Traces.Trace trace() {
    return trace;
  }

  /** Whether nobody listens any more. */
  boolean isOver() {
    return response().closed() || response().ended();
  }

  /** Calls {@code listener} when the client leaves. */
  void onGone(Runnable listener) {
    response().closeHandler(_ -> listener.run());
    response().exceptionHandler(_ -> listener.run());
  }

  /** Sets status and field lines. */
  void head(int status, Fields fields) {
    response().setStatusCode(status);
    MultiMap headers = response().headers();
    for (Field line : fields) {
      headers.add(wire.name(line.name()), wire.value(line.value()));
    }
  }

  /**
   * Lets later requests of the same bytes have the hit that is about to be written.
   *
   * @param until the last instant at which a new answer would say the same
   * @param holds whether a new answer would be made from the same stored response
   */
  void repeatable(Instant until, Supplier<Future<Boolean>> holds) {
    if (trace.equals(Traces.Trace.NONE)) {
      Shortcut.offer(request.connection(), () -> terms(until, holds));
    }
  }

  /** They outlive the request, so that they hold nothing of it. */
  private Repeatable terms(Instant until, Supplier<Future<Boolean>> holds) {
    Answered first = Answered.of(ROUTE, CacheOutcome.HIT, response().getStatusCode(), 0);
    return Repeatable.unnamed(until, holds, meters.repeating(first));
  }

  /** Ends with {@code content}, the same bytes each time where it comes from the store. */
  void end(Bytes content, CacheOutcome outcome) {
    WholeBody.send(vertx, response(), content, hot::view, () -> answered(outcome));
  }

  /** There is no answer from a backend. */
  void failed(UpstreamException cause) {
    int status = cause.kind().status();
    error(status == CLIENT_CLOSED_REQUEST ? 400 : status, cause.kind().token());
  }

  /** An error of the relay's own; the content of the request may be unread. */
  void error(int status, String token) {
    meters.reason(token);
    if (!isOver() && !response().headWritten()) {
      response().headers().clear();
      response().setStatusCode(status).putHeader("content-type", "application/problem+json");
      if (!allow.isEmpty()) {
        response().putHeader("allow", allow);
      }
      var problem = new JsonObject().put("title", token).put("status", status);
      var _ = gate.finish(request, problem.toBuffer());
    }
    account(CacheOutcome.BYPASS, status);
  }

  /** The method is not among those let through. */
  void refuseMethod(Set<String> allowed) {
    allow = String.join(", ", new TreeSet<>(allowed));
    error(405, "method");
  }

  /** The answer was handed over. */
  void answered(CacheOutcome outcome) {
    account(outcome, response().getStatusCode());
  }

  /** The client left before the end. */
  void abandoned(CacheOutcome outcome) {
    account(outcome, CLIENT_CLOSED_REQUEST);
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
