package io.ccrelay.proxy.policy;

import io.ccrelay.http.Fields;
import io.ccrelay.policy.run.Response;
import io.ccrelay.proxy.Buffers;
import io.ccrelay.upstream.Upstream;
import io.ccrelay.upstream.UpstreamException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Receives an answer whole up to a bound. Beyond it the answer goes on live, or fails where it has
 * to be whole. Confined to one context.
 */
final class HeldBody implements Upstream.Sink {

  private final Upstream.Answer answer;
  private final long bound;
  private final boolean whole;
  private final Promise<Response> response = Promise.promise();
  private final List<Buffer> parts = new ArrayList<>();
  private Upstream.Sink next = this;
  private long size;

  private HeldBody(Upstream.Answer answer, long bound, boolean whole) {
    this.answer = answer;
    this.bound = bound;
    this.whole = whole;
  }

  /**
   * The response that {@code answer} becomes.
   *
   * @param whole whether an answer beyond {@code bound} is a failure
   */
  static Future<Response> receive(Upstream.Answer answer, long bound, boolean whole) {
    var body = new HeldBody(answer, bound, whole);
    answer.start(body);
    return body.response.future();
  }

  @Override
  public void chunk(Buffer chunk) {
    if (next != this) {
      next.chunk(chunk);
      return;
    }
    parts.add(chunk);
    size += chunk.length();
    if (size > bound) {
      overflow();
    }
  }

  private void overflow() {
    if (whole) {
      answer.cancel();
      response.tryFail(
          new UpstreamException(UpstreamException.Kind.BROKEN, "the answer is too large to hold"));
      return;
    }
    answer.pause();
    var live = new LiveAnswer(answer, parts);
    next = live;
    response.complete(Response.live(answer.status(), answer.fields(), live));
  }

  @Override
  public void end(Fields trailers) {
    if (next != this) {
      next.end(trailers);
      return;
    }
    Buffer joined = parts.size() == 1 ? parts.getFirst() : Buffer.buffer((int) size);
    if (parts.size() != 1) {
      parts.forEach(joined::appendBuffer);
    }
    response.tryComplete(Response.whole(answer.status(), answer.fields(), Buffers.owned(joined)));
  }

  @Override
  public void failed(UpstreamException cause) {
    if (next != this) {
      next.failed(cause);
    } else {
      response.tryFail(cause);
    }
  }
}
