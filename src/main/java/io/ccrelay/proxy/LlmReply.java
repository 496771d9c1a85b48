package io.ccrelay.proxy;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.CacheOutcome;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Usage;
import io.ccrelay.llm.CacheUse;
import io.ccrelay.llm.Dialect;
import io.ccrelay.llm.ErrorAnswer;
import io.ccrelay.metrics.Answered;
import io.ccrelay.metrics.Meters;
import io.ccrelay.proxy.transport.Repeatable;
import io.ccrelay.proxy.transport.Shortcut;
import io.ccrelay.upstream.UpstreamException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * The reply to one request: its response, its head, and the account of how it ended. Confined to
 * the request's context.
 */
final class LlmReply {

  /** Nginx's code for a client that left, in use across the field; it reaches metrics only. */
  private static final int CLIENT_CLOSED_REQUEST = 499;

  private final Vertx vertx;
  private final RequestGate gate;
  private final HttpServerRequest request;
  private final ReplyHead head;
  private final Meters meters;
  private final String routeName;
  private final Duration silence;
  private final Traces.Trace trace;
  private final RequestIds ids;
  private final long begun = System.nanoTime();
  private Optional<Slots> slots = Optional.empty();
  private Runnable gone = () -> {};
  private String model = "";
  private Optional<Key> key = Optional.empty();
  private Bytes scope = Bytes.empty();
  private String reason = "";
  private Usage saved = Usage.NONE;
  private boolean accounted;

  LlmReply(
      Vertx vertx,
      RequestGate gate,
      HttpServerRequest request,
      ReplyHead head,
      Meters meters,
      String routeName,
      Duration silence,
      Traces.Trace trace,
      RequestIds ids) {
    this.vertx = vertx;
    this.gate = gate;
    this.request = request;
    this.head = head;
    this.meters = meters;
    this.routeName = routeName;
    this.silence = silence;
    this.trace = trace;
    this.ids = ids;
  }

  /** Who follows the request. */
  Traces.Trace trace() {
    return trace;
  }

  /** Takes a slot that is given back when the reply is over; false if none is left. */
  boolean enter(Slots from, int most) {
    if (!from.enter(most)) {
      return false;
    }
    slots = Optional.of(from);
    return true;
  }

  Vertx vertx() {
    return vertx;
  }

  HttpServerResponse response() {
    return request.response();
  }

  ReplyHead head() {
    return head;
  }

  Dialect dialect() {
    return head.dialect();
  }

  /** How long a stream to this client may say nothing. */
  Duration silence() {
    return silence;
  }

  /** What the request turned out to be, for the account. */
  void about(LlmCall call) {
    model = call.request().model().orElse("");
    if (call.use() instanceof CacheUse.Use) {
      key = Optional.of(call.key());
      scope = call.scope();
    }
  }

  /** Why the answer is what it is, for the account; the last word counts. */
  void because(String token) {
    if (!token.isEmpty()) {
      reason = token;
    }
  }

  /** Tokens that this answer did not cost. */
  void saved(Usage usage) {
    saved = usage;
  }

  /**
   * Lets later requests of the same bytes have the answer that is about to be written.
   *
   * @param until the last instant at which a new answer would say the same
   * @param holds whether a new answer would be made from the same stored response
   */
  void repeatable(CacheOutcome outcome, Instant until, Supplier<Future<Boolean>> holds) {
    if (trace.equals(Traces.Trace.NONE)) {
      Shortcut.offer(request.connection(), () -> terms(outcome, until, holds));
    }
  }

  /** They outlive the request, so that they hold nothing of it. */
  private Repeatable terms(CacheOutcome outcome, Instant until, Supplier<Future<Boolean>> holds) {
    LongConsumer account = meters.repeating(told(outcome, response().getStatusCode()));
    return head.isNamedByClient()
        ? Repeatable.unnamed(until, holds, account)
        : new Repeatable(until, holds, account, head.requestId(), ids::fresh);
  }

  /** Whom to tell that the client left before its answer began. */
  void onGone(Runnable listener) {
    gone = listener;
    response().closeHandler(_ -> gone.run());
    response().exceptionHandler(_ -> gone.run());
  }

  /** Whether nobody listens any more. */
  boolean isOver() {
    return response().closed() || response().ended();
  }

  /** The body of the request did not arrive. */
  void broken(Throwable failure) {
    if (failure instanceof BodyException known) {
      error(known.kind().status(), known.kind().token(), known.kind().message());
    } else {
      error(500, "internal", "the request could not be read");
    }
  }

  /** There is no answer from upstream. */
  void failed(UpstreamException cause) {
    if (cause.kind() == UpstreamException.Kind.BUSY) {
      busy(cause.kind().token(), describe(cause));
      return;
    }
    if (cause.retryAfter().isPositive()) {
      head.add("x-should-retry", "true");
      head.add("Retry-After", Long.toString(cause.retryAfter().plusMillis(999).toSeconds()));
    }
    int status = cause.kind().status();
    error(status == CLIENT_CLOSED_REQUEST ? 400 : status, cause.kind().token(), describe(cause));
  }

  /** There is no room for the request now; client libraries come back when told to. */
  void busy(String token, String message) {
    head.add("x-should-retry", "true");
    head.add("Retry-After", "1");
    head.add("retry-after-ms", "1000");
    error(503, token, message);
  }

  /** An error of the relay's own, in the caller's format; the request's body may be unread. */
  void error(int status, String token, String message) {
    meters.reason(token);
    because(token);
    if (!isOver() && !response().headWritten()) {
      head.made(response(), status, CacheOutcome.BYPASS, token);
      Bytes body = ErrorAnswer.of(head.dialect(), status, message, Optional.of(head.requestId()));
      var _ = gate.finish(request, Buffers.view(body));
    }
    account(CacheOutcome.BYPASS, status);
  }

  /** The answer was handed over. */
  void answered(CacheOutcome outcome) {
    account(outcome, response().getStatusCode());
  }

  /** The client left before the end. */
  void abandoned(CacheOutcome outcome) {
    account(outcome, CLIENT_CLOSED_REQUEST);
  }

  /** What a client is told; details stay in the log. */
  static String describe(UpstreamException cause) {
    return switch (cause.kind()) {
      case CONNECT -> "upstream connection failed";
      case CONNECT_TIMEOUT -> "upstream did not accept a connection in time";
      case BUSY -> "too many requests are waiting for the upstream";
      case FIRST_BYTE_TIMEOUT, TOTAL_TIMEOUT -> "upstream did not answer in time";
      case STALLED -> "upstream stopped answering";
      case BROKEN -> "upstream broke its answer off";
      case KEYS_EXHAUSTED -> "all keys of the provider are at their limits";
      case UNSENDABLE -> "the request cannot be forwarded as it is";
      case CLIENT_GONE -> "the request broke off";
    };
  }

  private void account(CacheOutcome outcome, int status) {
    if (!accounted) {
      accounted = true;
      Answered answered = told(outcome, status);
      meters.answered(answered);
      trace.ended(answered);
      slots.ifPresent(Slots::leave);
    }
  }

  private Answered told(CacheOutcome outcome, int status) {
    long nanos = System.nanoTime() - begun;
    return new Answered(routeName, outcome, status, nanos, model, key, scope, reason, saved);
  }
}
