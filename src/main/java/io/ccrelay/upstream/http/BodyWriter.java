package io.ccrelay.upstream.http;

import io.ccrelay.http.Fields;
import io.ccrelay.upstream.Upstream;
import io.ccrelay.upstream.UpstreamException;
import io.ccrelay.upstream.UpstreamException.Kind;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;

/** Writes content into a request at the upstream's pace. Confined to one context. */
final class BodyWriter implements Upstream.Sink {

  private final HttpClientRequest wire;
  private final Upstream.Source source;
  private final Exchange exchange;
  private final long announced;
  private long written;
  private Future<Void> last = Future.succeededFuture();
  private boolean blocked;
  private boolean over;

  BodyWriter(HttpClientRequest wire, Upstream.Source source, Exchange exchange) {
    this.wire = wire;
    this.source = source;
    this.exchange = exchange;
    this.announced = source.length().orElse(-1L);
  }

  void start() {
    wire.drainHandler(v -> drained());
    source.start(this);
  }

  /** Whether the upstream, and not the sender, is being waited for. */
  boolean blocked() {
    return blocked && !over;
  }

  /** Takes nothing more. */
  void stop() {
    if (!over) {
      over = true;
      source.pause();
    }
  }

  @Override
  public void chunk(Buffer chunk) {
    if (over || chunk.length() == 0) {
      return;
    }
    written += chunk.length();
    if (announced >= 0 && written > announced) {
      exchange.fail(new UpstreamException(Kind.UNSENDABLE, "content longer than announced"));
      return;
    }
    last = wire.write(chunk).onFailure(exchange::broken);
    if (!over && !blocked && wire.writeQueueFull()) {
      blocked = true;
      source.pause();
      exchange.watch();
    }
  }

  @Override
  public void end(Fields trailers) {
    if (over) {
      return;
    }
    over = true;
    if (announced >= 0 && written < announced) {
      exchange.fail(new UpstreamException(Kind.CLIENT_GONE, "content shorter than announced"));
      return;
    }
    RequestEnd.write(wire, trailers, last).onFailure(exchange::broken);
    exchange.requestEnded();
  }

  @Override
  public void failed(UpstreamException cause) {
    if (!over) {
      over = true;
      exchange.fail(cause);
    }
  }

  private void drained() {
    if (blocked && !over) {
      blocked = false;
      exchange.watch();
      source.resume();
    }
  }
}
