package io.ccrelay.upstream.http;

import io.ccrelay.upstream.Origin;
import io.ccrelay.upstream.Upstream;
import io.ccrelay.upstream.UpstreamException;
import io.ccrelay.upstream.UpstreamException.Kind;
import io.vertx.core.Context;
import io.vertx.core.http.HttpClientRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way of an exchange to its connection: a place in {@link InFlight}, then what the pool gives.
 * The place is kept until the exchange is over and the pool has answered, so that it bounds what
 * the pool is asked for. Confined to one context.
 */
final class Checkout {

  private final Context context;
  private final Connector connector;
  private final InFlight inFlight;
  private final Upstream.Request request;
  private InFlight.@Nullable Place place;
  private boolean asking;
  private boolean over;

  /** Whoever the connection is for. */
  interface Taker {

    /** A connection is there. It also comes to an exchange that is over, which has to reset it. */
    void obtained(Origin origin, HttpClientRequest wire);

    /** There is no connection. */
    void refused(Throwable cause);
  }

  Checkout(Context context, Connector connector, InFlight inFlight, Upstream.Request request) {
    this.context = context;
    this.connector = connector;
    this.inFlight = inFlight;
    this.request = request;
  }

  /** Takes a place, or waits for one, and asks for a connection. */
  void begin(Origin origin, Taker taker) {
    Runnable admitted = () -> context.runOnContext(v -> ask(origin, taker));
    Optional<InFlight.Place> entered = inFlight.enter(request.origin(), admitted);
    place = entered.orElse(null);
    if (entered.isEmpty()) {
      taker.refused(new UpstreamException(Kind.BUSY, "too many exchanges wait"));
    } else if (entered.get().taken()) {
      ask(origin, taker);
    }
  }

  /** Asks for a connection, another one if the first broke; the place is that of the first. */
  void ask(Origin origin, Taker taker) {
    if (over) {
      return;
    }
    asking = true;
    connector
        .request(origin, request)
        .onComplete(
            wire -> answered(() -> taker.obtained(origin, wire)),
            cause -> answered(() -> taker.refused(cause)));
  }

  /** The same in a task of its own: by then the pool has heard that a connection ended. */
  void askLater(Origin origin, Taker taker) {
    asking = true;
    context.runOnContext(v -> {
      asking = false;
      ask(origin, taker);
      leave();
    });
  }

  private void answered(Runnable told) {
    asking = false;
    told.run();
    leave();
  }

  /** Whether the place is held, and not only waited for. */
  boolean admitted() {
    return place != null && place.taken();
  }

  /** The exchange is over. */
  void end() {
    over = true;
    leave();
  }

  private void leave() {
    if (place != null && over && !asking) {
      place.leave();
    }
  }
}
