package io.ccrelay.upstream.http;

import io.ccrelay.http.Fields;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.Waiting;
import io.ccrelay.upstream.Upstream;
import io.ccrelay.upstream.UpstreamException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** An upstream on a context of its own, driven by a test thread. */
final class Upstreams implements AutoCloseable {

  static final Upstream.Deadlines PATIENT =
      new Upstream.Deadlines(
          Duration.ofSeconds(3), Duration.ofSeconds(8), Duration.ofSeconds(8), Optional.empty());

  /** Status, fields, whole content and trailers of an answer. */
  record Whole(int status, Fields fields, Buffer body, Fields trailers, boolean closeDelimited) {
    String text() {
      return body.toString();
    }
  }

  private final Context context;
  private final InFlight inFlight;
  final HttpUpstream upstream;

  Upstreams(Vertx vertx, HttpUpstreamOptions options) {
    context = vertx.getOrCreateContext();
    inFlight = new InFlight(options);
    upstream =
        Await.result(run(() -> Future.succeededFuture(new HttpUpstream(vertx, options, inFlight))));
  }

  static HttpUpstreamOptions poolOf(int size, int waiting) {
    return new HttpUpstreamOptions(
        size, waiting, Duration.ofSeconds(3), Duration.ofSeconds(30), 32 << 10);
  }

  int inUse() {
    return inFlight.inUse();
  }

  /** Runs {@code act} on the upstream's context. */
  <T> Future<T> run(Supplier<Future<T>> act) {
    Promise<T> promise = Promise.promise();
    context.runOnContext(v -> {
      try {
        act.get().onComplete(promise);
      } catch (RuntimeException e) {
        promise.fail(e);
      }
    });
    return promise.future();
  }

  Future<Upstream.Answer> head(Upstream.Request request) {
    return run(() -> upstream.send(request));
  }

  Future<Whole> send(Upstream.Request request) {
    return run(() -> upstream.send(request).compose(Upstreams::whole));
  }

  static Future<Whole> whole(Upstream.Answer answer) {
    Promise<Whole> promise = Promise.promise();
    Buffer body = Buffer.buffer();
    answer.start(
        new Upstream.Sink() {
          @Override
          public void chunk(Buffer chunk) {
            body.appendBuffer(chunk);
          }

          @Override
          public void end(Fields trailers) {
            promise.complete(
                new Whole(
                    answer.status(), answer.fields(), body, trailers, answer.closeDelimited()));
          }

          @Override
          public void failed(UpstreamException cause) {
            promise.fail(cause);
          }
        });
    return promise.future();
  }

  static Upstream.Request get(String origin, String target, String... fields) {
    return new Upstream.Request(
        "GET", origin, target, Fields.of(fields), new Upstream.Body.None(), PATIENT);
  }

  static Upstream.Request post(String origin, String target, String body, String... fields) {
    return new Upstream.Request(
        "POST",
        origin,
        target,
        Fields.of(fields),
        new Upstream.Body.Whole(Buffer.buffer(body)),
        PATIENT);
  }

  static Upstream.Request within(Upstream.Request request, Upstream.Deadlines deadlines) {
    return new Upstream.Request(
        request.method(),
        request.origin(),
        request.target(),
        request.fields(),
        request.body(),
        deadlines);
  }

  static Upstream.Request with(Upstream.Request request, Upstream.Body body) {
    return new Upstream.Request(
        "POST", request.origin(), request.target(), request.fields(), body, request.deadlines());
  }

  static UpstreamException.Kind kindOf(Future<?> future) {
    return ((UpstreamException) Await.failure(Throwable.class, future)).kind();
  }

  void awaitIdle() {
    Waiting.until(() -> inUse() == 0, "no connection in use, but " + inUse());
  }

  @Override
  public void close() {
    Await.result(run(upstream::close));
  }
}
