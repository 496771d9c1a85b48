package io.ccrelay.testing;

import io.vertx.core.Vertx;
import java.util.function.UnaryOperator;

/**
 * A provider, a relay before it and a client of the relay, to be closed together. Safe for use from
 * any thread.
 */
public final class Scene implements AutoCloseable {

  public final Vertx vertx = Vertx.vertx();
  public final FakeUpstream upstream = FakeUpstream.start(vertx);
  public final Relays relay;
  public final Ask ask;

  private Scene(String more, UnaryOperator<Relays.Setup> setup) {
    relay = Relays.start(setup.apply(Relays.Setup.of(Relays.before(upstream, more))));
    ask = new Ask(relay.origin());
  }

  /** A relay whose configuration ends with {@code more}. */
  public static Scene of(String more) {
    return of(more, setup -> setup);
  }

  /** The same, made differently. */
  public static Scene of(String more, UnaryOperator<Relays.Setup> setup) {
    return new Scene(more, setup);
  }

  @Override
  public void close() {
    relay.close();
    Await.result(vertx.close());
  }
}
