package io.ccrelay.cache.cluster.flight;

import io.ccrelay.cache.Flights;
import io.ccrelay.cache.Key;

/** A follower's hold on a flight, and of which key it is. Confined to the follower's context. */
record Boarded(Key key, Flights.Subscription held) implements Flights.Subscription {

  static Flights.Seat of(Key key, Flights.Seat.Follow seat) {
    return new Flights.Seat.Follow(new Boarded(key, seat.subscription()));
  }

  @Override
  public void leave() {
    held.leave();
  }

  @Override
  public void behind(boolean behind) {
    held.behind(behind);
  }
}
