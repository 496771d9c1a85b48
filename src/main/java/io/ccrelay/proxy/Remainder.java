package io.ccrelay.proxy;

import io.ccrelay.proxy.transport.Wire;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/**
 * Reads and forgets the rest of a request that was answered early, so that the connection stays
 * usable, within {@link Wire#DRAIN_BYTES} and {@link Wire#DRAIN_MILLIS}. Confined to the request's
 * context.
 */
final class Remainder implements Handler<Buffer> {

  private final Vertx vertx;
  private final Runnable giveUp;
  private final long timer;

  private boolean done;
  private long read;

  private Remainder(Vertx vertx, Runnable giveUp) {
    this.vertx = vertx;
    this.giveUp = giveUp;
    this.timer = vertx.setTimer(Wire.DRAIN_MILLIS, _ -> tooMuch());
  }

  /** Drains {@code request}, which has not ended; calls {@code giveUp} if it does not end soon. */
  static void drain(Vertx vertx, HttpServerRequest request, Runnable giveUp) {
    var remainder = new Remainder(vertx, giveUp);
    request
        .handler(remainder)
        .endHandler(_ -> remainder.settle())
        .exceptionHandler(_ -> remainder.settle())
        .resume();
  }

  @Override
  public void handle(Buffer chunk) {
    read += chunk.length();
    if (read > Wire.DRAIN_BYTES) {
      tooMuch();
    }
  }

  private void tooMuch() {
    if (!done) {
      settle();
      giveUp.run();
    }
  }

  private void settle() {
    done = true;
    vertx.cancelTimer(timer);
  }
}
