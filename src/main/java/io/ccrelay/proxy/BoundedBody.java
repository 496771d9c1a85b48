package io.ccrelay.proxy;

import io.ccrelay.proxy.BodyException.Kind;
import io.ccrelay.proxy.transport.Pace;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the content of one request into one buffer within a bound. Confined to the request's
 * context.
 *
 * <p>A single chunk is the result itself. Several are kept as they came until half of the announced
 * length is there; only then the whole is allocated, so that announcing costs a client as much as
 * sending, every byte is copied once, and at most one and a half times the content is held (twice
 * where no length was announced).
 */
final class BoundedBody extends Pace.Paced implements Handler<Buffer> {

  /** Bytes expected in every {@link Pace#DEADLINE_TICKS} ticks. */
  static final int LEAST_PROGRESS_BYTES = 1000;

  private final Promise<Buffer> promise = Promise.promise();
  private final Pace pace;
  private final long limit;
  private final long announced;

  private @Nullable Buffer first;
  private @Nullable List<@Nullable Buffer> parts;
  private @Nullable Buffer whole;
  private boolean done;
  private long received;
  private long receivedBefore;
  private int ticks;

  private BoundedBody(Pace pace, long limit, long announced) {
    this.pace = pace;
    this.limit = limit;
    this.announced = announced;
  }

  /**
   * Reads the content of {@code request}, of which nothing was read yet. Answers an expectation of
   * 100 (Continue) when the content is wanted. Fails with {@link BodyException} only.
   */
  static Future<Buffer> read(HttpServerRequest request, long limit, Pace pace) {
    if (request.isEnded()) {
      return Future.succeededFuture(Buffer.buffer());
    }
    long bound = Math.min(limit, Integer.MAX_VALUE - 64);
    long announced = announced(request);
    if (announced > bound) {
      return Future.failedFuture(new BodyException(Kind.TOO_LARGE));
    }
    var body = new BoundedBody(pace, bound, announced);
    request.handler(body).endHandler(_ -> body.end()).exceptionHandler(_ -> body.fail(Kind.BROKEN));
    pace.enrol(body);
    if (expectsContinue(request)) {
      request.response().writeContinue();
    }
    return body.promise.future();
  }

  /** The length that the request announces, -1 if it does not. */
  static long announced(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? -1 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /**
   * Whether the client holds its content back until it is asked for; HTTP/1.0 knows no expectations
   * (RFC 9110 10.1.1).
   */
  static boolean expectsContinue(HttpServerRequest request) {
    String expectation = request.getHeader(HttpHeaders.EXPECT);
    return expectation != null
        && expectation.equalsIgnoreCase("100-continue")
        && request.version() != HttpVersion.HTTP_1_0;
  }

  @Override
  public void handle(Buffer chunk) {
    if (done) {
      return;
    }
    received += chunk.length();
    if (received > limit) {
      fail(Kind.TOO_LARGE);
    } else if (whole != null) {
      whole.appendBuffer(chunk);
    } else if (first == null) {
      first = chunk;
    } else {
      gather(first, chunk);
    }
  }

  private void gather(Buffer initial, Buffer chunk) {
    if (parts == null) {
      parts = new ArrayList<>();
      parts.add(initial);
    }
    parts.add(chunk);
    if (announced >= 0 && received * 2 >= announced) {
      whole = joined(parts, announced);
      parts = null;
    }
  }

  /** Joins the parts and lets go of each as soon as it is copied. */
  private static Buffer joined(List<@Nullable Buffer> parts, long size) {
    Buffer joined = Buffer.buffer((int) size);
    for (int i = 0; i < parts.size(); i++) {
      Buffer part = parts.set(i, null);
      if (part != null) {
        joined.appendBuffer(part);
      }
    }
    return joined;
  }

  private void end() {
    if (done) {
      return;
    }
    Buffer content = content();
    settle();
    promise.complete(content);
  }

  private Buffer content() {
    if (whole != null) {
      return whole;
    }
    if (parts != null) {
      return joined(parts, received);
    }
    return first != null ? first : Buffer.buffer();
  }

  private void fail(Kind kind) {
    if (!done) {
      settle();
      promise.fail(new BodyException(kind));
    }
  }

  private void settle() {
    done = true;
    first = null;
    parts = null;
    whole = null;
    pace.dismiss(this);
  }

  @Override
  protected void tick() {
    if (++ticks < Pace.DEADLINE_TICKS) {
      return;
    }
    if (received - receivedBefore < LEAST_PROGRESS_BYTES) {
      fail(Kind.TOO_SLOW);
    }
    ticks = 0;
    receivedBefore = received;
  }
}
