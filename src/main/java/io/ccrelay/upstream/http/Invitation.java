package io.ccrelay.upstream.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;

/**
 * Waits for a service to ask for content that is held back (RFC 9110 section 10.1.1). One that
 * knows no expectations says nothing and would wait itself, so the wait is short. Confined to one
 * context.
 */
final class Invitation {

  /** Milliseconds after which the content is sent unasked. */
  static final long PATIENCE_MILLIS = 1000;

  private final Vertx vertx;
  private final Runnable begin;
  private final long timer;
  private boolean settled;

  private Invitation(Vertx vertx, Runnable begin) {
    this.vertx = vertx;
    this.begin = begin;
    this.timer = vertx.setTimer(PATIENCE_MILLIS, _ -> accept());
  }

  /** Adds the expectation to {@code wire}, and runs {@code begin} once it is met or outwaited. */
  static Invitation await(Vertx vertx, HttpClientRequest wire, Runnable begin) {
    var invitation = new Invitation(vertx, begin);
    wire.headers().set("Expect", "100-continue");
    wire.continueHandler(_ -> invitation.accept());
    return invitation;
  }

  /** The content is not wanted any more. */
  void decline() {
    settled = true;
    vertx.cancelTimer(timer);
  }

  private void accept() {
    if (!settled) {
      decline();
      begin.run();
    }
  }
}
