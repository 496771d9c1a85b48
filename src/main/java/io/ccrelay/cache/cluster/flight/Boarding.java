package io.ccrelay.cache.cluster.flight;

import io.ccrelay.cache.Flights;
import io.ccrelay.cache.Flights.Seat;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.LocalFlights;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The way of a request that leads in its process to its seat in the cluster. Confined to the
 * request's context.
 *
 * <pre>
 * claim -> granted ------------------> lead
 *       -> no answer ----------------> lead, unknown to the others
 *       -> taken -> subscribe -> yes -> follow a mirror
 *                             -> no --> lead: the flight has just ended
 *                             -> no answer -> lead, and take the key by force
 * </pre>
 */
final class Boarding {

  private final Registry registry;
  private final LedFlights led;
  private final Mirrors mirrors;
  private final LocalFlights local;
  private final Who who;
  private final Promise<Seat> seat = Promise.promise();

  /** Who boards what. */
  record Who(Key key, Executor context, Flights.Follower follower) {}

  Boarding(Registry registry, LedFlights led, Mirrors mirrors, LocalFlights local, Who who) {
    this.registry = registry;
    this.led = led;
    this.mirrors = mirrors;
    this.local = local;
    this.who = who;
  }

  /** The seat; completes on the request's context. */
  Future<Seat> seat(Flights.Leader leader, boolean force) {
    var claim = led.claim(who.key());
    var _ =
        registry
            .claim(who.key(), force)
            .onComplete(answer -> who.context().execute(() -> claimed(leader, claim, answer)));
    return seat.future();
  }

  private void claimed(
      Flights.Leader leader, LedFlights.Claim claim, AsyncResult<Optional<String>> answer) {
    if (answer.failed()) {
      claim.denied();
      seat.complete(new Seat.Lead(leader));
    } else if (answer.result().isEmpty()) {
      seat.complete(new Seat.Lead(claim.granted(leader)));
    } else {
      claim.denied();
      subscribe(leader, answer.result().get());
    }
  }

  private void subscribe(Flights.Leader leader, String member) {
    var mirror = mirrors.of(who.key(), member, leader, who.context());
    mirror.begin();
    var _ =
        registry
            .ask(member, new Frame.Subscribe(who.key(), mirror.stream(), Mirror.WINDOW))
            .onComplete(answer -> who.context().execute(() -> subscribed(leader, mirror, answer)));
  }

  private void subscribed(Flights.Leader leader, Mirror mirror, AsyncResult<Frame> answer) {
    if (mirror.hasHeard() || (answer.succeeded() && answer.result() instanceof Frame.Accepted)) {
      follow();
    } else {
      mirror.drop();
      seat.complete(new Seat.Lead(answer.failed() ? byForce(leader) : leader));
    }
  }

  /** The flight may have ended already: then the next one is this request's. */
  private void follow() {
    Seat taken =
        local
            .follow(who.key(), who.context(), who.follower())
            .<Seat>map(seat -> seat)
            .orElseGet(() -> local.boardHere(who.key(), who.context(), who.follower()));
    seat.complete(taken instanceof Seat.Follow held ? Boarded.of(who.key(), held) : taken);
  }

  /** Leads at once; others hear of it when the registrar does. */
  private Flights.Leader byForce(Flights.Leader leader) {
    var claim = led.claim(who.key());
    var _ = registry.claim(who.key(), true).onFailure(_ -> claim.denied());
    return claim.granted(leader);
  }
}
