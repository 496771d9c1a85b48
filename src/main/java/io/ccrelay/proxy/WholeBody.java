package io.ccrelay.proxy;

import io.ccrelay.cache.Bytes;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.Function;

/** Sends a body that is at hand: small ones in one write, large ones at the client's pace. */
public final class WholeBody {

  private static final int ONE_WRITE = 64 << 10;

  private WholeBody() {}

  /**
   * Ends {@code response} with {@code body}.
   *
   * @param done called once everything was handed to the connection or the client left
   */
  public static void send(Vertx vertx, HttpServerResponse response, Bytes body, Runnable done) {
    send(vertx, response, body, Buffers::view, done);
  }

  /**
   * Ends {@code response} with {@code body}, a small one as {@code view} gives it.
   *
   * @param done called once everything was handed to the connection or the client left
   */
  public static void send(
      Vertx vertx,
      HttpServerResponse response,
      Bytes body,
      Function<Bytes, Buffer> view,
      Runnable done) {
    if (response.closed() || response.ended()) {
      done.run();
      return;
    }
    if (body.size() <= ONE_WRITE) {
      var _ = response.end(view.apply(body));
      done.run();
      return;
    }
    response.headers().set(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.size()));
    new SlicedBody(vertx, response, body, done).flush();
  }

  /** A large body on its way, a slice at a time: only what the connection takes leaves the heap. */
  private static final class SlicedBody implements ClientStream.Listener {
    private final ClientStream stream;
    private final Bytes body;
    private final Runnable done;
    private int sent;
    private boolean settled;

    SlicedBody(Vertx vertx, HttpServerResponse response, Bytes body, Runnable done) {
      this.stream = new ClientStream(vertx, response, ONE_WRITE, this);
      this.body = body;
      this.done = done;
    }

    void flush() {
      while (sent < body.size() && !stream.behind() && !stream.over()) {
        int next = Math.min(body.size(), sent + ONE_WRITE);
        int from = sent;
        sent = next;
        stream.write(Buffers.view(body.slice(from, next)));
      }
      if (sent == body.size() && !stream.over()) {
        stream.end();
        settle();
      }
    }

    private void settle() {
      if (!settled) {
        settled = true;
        done.run();
      }
    }

    @Override
    public void paceChanged() {
      if (!stream.behind()) {
        flush();
      }
    }

    @Override
    public void gone() {
      settle();
    }
  }
}
