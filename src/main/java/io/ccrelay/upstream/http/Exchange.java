package io.ccrelay.upstream.http;

import io.ccrelay.http.Fields;
import io.ccrelay.upstream.ExchangeObserver;
import io.ccrelay.upstream.Origin;
import io.ccrelay.upstream.Sendable;
import io.ccrelay.upstream.Upstream;
import io.ccrelay.upstream.UpstreamException;
import io.ccrelay.upstream.UpstreamException.Kind;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One exchange, and the one owner of what it obtains: its {@link Checkout} and the connection.
 * However it ends, it ends in {@link #finish}, once; unless request and answer were both complete,
 * the connection is closed. Confined to one context.
 */
final class Exchange implements Upstream.Call, Checkout.Taker {

  private final Vertx vertx;
  private final Upstream.Request request;
  private final Checkout checkout;
  private final ExchangeObserver observer;
  private final long begun = System.nanoTime();
  private final Promise<Upstream.Answer> head = Promise.promise();
  private final Patience patience;

  private Upstream.Interim interim = (status, fields) -> {};
  private @Nullable Attempt attempt;
  private @Nullable HttpAnswer answer;
  private boolean retried;
  private boolean requestEnded;
  private boolean over;

  Exchange(
      Vertx vertx,
      Context context,
      Connector connector,
      InFlight inFlight,
      ExchangeObserver observer,
      Upstream.Request request) {
    this.vertx = vertx;
    this.request = request;
    this.checkout = new Checkout(context, connector, inFlight, request);
    this.observer = observer;
    this.patience = new Patience(vertx, this::exhausted);
  }

  @Override
  public Upstream.Call onInterim(Upstream.Interim receiver) {
    interim = receiver;
    return this;
  }

  @Override
  public Future<Upstream.Answer> send() {
    Optional<Origin> origin = Origin.parse(request.origin());
    if (origin.isEmpty() || !Sendable.is(request)) {
      fail(Failures.unsendable());
    } else {
      request.deadlines().total().ifPresent(total -> patience.limit(total, this::tooLong));
      patience.expect(request.deadlines().connect());
      checkout.begin(origin.get(), this);
    }
    return head.future();
  }

  @Override
  public void cancel() {
    finish(new UpstreamException(Kind.CLIENT_GONE, "given up"), false);
  }

  /** The exchange failed; whoever waits is told. */
  void fail(UpstreamException cause) {
    finish(cause, true);
  }

  /** A kept connection that ended while it was being obtained took nothing of the request. */
  @Override
  public void refused(Throwable cause) {
    if (!over && !retried && cause instanceof HttpClosedException) {
      tryAgain();
    } else {
      fail(Failures.connecting(cause));
    }
  }

  @Override
  public void obtained(Origin origin, HttpClientRequest wire) {
    attempt = new Attempt(vertx, this, request, wire);
    if (over) {
      attempt.abandon();
    } else {
      patience.rest();
      attempt.start(origin);
    }
  }

  /** An interim response arrived: a sign of life, but the wait for the answer goes on. */
  void interim(int status, Fields fields) {
    if (!over && answer == null) {
      interim.arrived(status, fields);
    }
  }

  /** The head of the final answer arrived. */
  void answered(HttpClientResponse response) {
    if (over) {
      return;
    }
    int status = response.statusCode();
    if (status < 200 || status > 999) {
      fail(new UpstreamException(Kind.BROKEN, "status code out of range"));
      return;
    }
    boolean withoutContent = request.method().equals("HEAD") || status == 204 || status == 304;
    answer = new HttpAnswer(this, response, withoutContent);
    watch();
    head.tryComplete(answer);
  }

  /** The request is wholly written. */
  void requestEnded() {
    requestEnded = true;
    watch();
  }

  /** Something of the answer's content arrived. */
  void progressed() {
    patience.progress();
  }

  /** The answer is complete. If the request is not, nobody reads the rest of it. */
  void completed() {
    finish(null, false);
  }

  /** The transport failed. */
  void broken(Throwable cause) {
    if (over) {
      return;
    }
    if (attempt == null || answer != null || !attempt.isLost(cause)) {
      fail(Failures.exchanging(cause, false));
    } else if (!retried && attempt.mayBeRepeated()) {
      attempt.abandon();
      attempt = null;
      tryAgain();
    } else {
      fail(Failures.exchanging(cause, true));
    }
  }

  /** In a task of its own: by then the pool has heard that the connection ended. */
  private void tryAgain() {
    retried = true;
    requestEnded = false;
    patience.expect(request.deadlines().connect());
    checkout.askLater(Origin.parse(request.origin()).orElseThrow(), this);
  }

  /** Decides anew what is being waited for. */
  void watch() {
    Upstream.Deadlines deadlines = request.deadlines();
    if (over) {
      patience.rest();
    } else if (attempt != null && attempt.blocked()) {
      patience.expect(deadlines.betweenBytes());
    } else if (requestEnded && answer == null) {
      patience.expect(deadlines.firstByte());
    } else if (requestEnded && answer != null && answer.flowing()) {
      patience.expect(deadlines.betweenBytes());
    } else {
      patience.rest();
    }
  }

  private void tooLong() {
    fail(new UpstreamException(Kind.TOTAL_TIMEOUT, "exchange took too long"));
  }

  private void exhausted() {
    fail(new UpstreamException(awaited(), "waited too long"));
  }

  private Kind awaited() {
    if (attempt == null) {
      return checkout.admitted() ? Kind.CONNECT_TIMEOUT : Kind.BUSY;
    }
    return requestEnded && answer == null ? Kind.FIRST_BYTE_TIMEOUT : Kind.STALLED;
  }

  /** The one end of every exchange; {@code cause} is null when the answer is complete. */
  private void finish(@Nullable UpstreamException cause, boolean tell) {
    if (over) {
      return;
    }
    over = true;
    patience.stop();
    if (attempt != null) {
      attempt.stop();
      if (cause != null || !requestEnded) {
        attempt.abandon();
      }
    }
    checkout.end();
    observer.ended(request, Optional.ofNullable(cause), System.nanoTime() - begun);
    if (cause != null) {
      report(cause, tell);
    }
  }

  private void report(UpstreamException cause, boolean tell) {
    if (answer == null) {
      head.tryFail(cause);
    } else if (tell) {
      answer.fail(cause);
    } else {
      answer.silence();
    }
  }
}
