package io.ccrelay.proxy;

import io.ccrelay.http.Field;
import io.ccrelay.http.Fields;
import io.ccrelay.upstream.Upstream;
import io.ccrelay.upstream.UpstreamException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/**
 * Content on its way to a client, at the client's pace. Content that breaks off aborts the
 * response, so that no client takes a part for the whole (RFC 9112 section 8). Once the client is
 * gone nothing is written; stopping the source is then up to whoever watches the response. Confined
 * to the response's context.
 */
public final class ResponseSink implements Upstream.Sink {

  private final HttpServerResponse response;
  private final Upstream.Source source;
  private final Promise<Void> done = Promise.promise();

  /**
   * Content from {@code source}, to be {@linkplain Upstream.Source#start started} by the caller.
   */
  public ResponseSink(HttpServerResponse response, Upstream.Source source) {
    this.response = response;
    this.source = source;
  }

  /**
   * Completes when everything was handed to the connection, and fails with {@link
   * UpstreamException} when the content broke off. It stays open when the client leaves.
   */
  public Future<Void> done() {
    return done.future();
  }

  @Override
  public void chunk(Buffer chunk) {
    if (isClosed()) {
      return;
    }
    response.write(chunk);
    if (response.writeQueueFull()) {
      source.pause();
      response.drainHandler(v -> source.resume());
    }
  }

  @Override
  public void end(Fields trailers) {
    if (isClosed()) {
      return;
    }
    if (response.isChunked()) {
      for (Field trailer : trailers) {
        response.trailers().add(trailer.name(), trailer.value());
      }
    }
    response.end().onComplete(v -> done.tryComplete(), done::tryFail);
  }

  @Override
  public void failed(UpstreamException cause) {
    if (!isClosed()) {
      response.reset();
    }
    done.tryFail(cause);
  }

  private boolean isClosed() {
    return response.closed() || response.ended();
  }
}
