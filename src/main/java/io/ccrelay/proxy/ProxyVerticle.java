package io.ccrelay.proxy;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Answers HTTP on one event loop. Confined to its context. */
public final class ProxyVerticle extends VerticleBase {

  private final ProxyParts parts;

  /** A verticle over {@code parts}; deploy one instance per event loop. */
  public ProxyVerticle(ProxyParts parts) {
    this.parts = parts;
  }

  @Override
  public Future<?> start() {
    return Future.failedFuture("not served yet: " + parts.flights().size());
  }

  /** The port the listener got. */
  public int actualPort() {
    return parts.settings().get().server().port();
  }
}
