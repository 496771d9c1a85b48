package io.ccrelay.cache;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * One follower of one flight. What {@link Flights.Subscription} offers, and {@code gone}, is
 * confined to the follower's context; the rest to the leader's.
 */
final class Passenger implements Flights.Subscription {

  private final Flight flight;
  private final Executor context;
  private final Flights.Follower follower;

  /** Follower's context. */
  private boolean gone;

  /** Leader's context. */
  private boolean behind;

  Passenger(Flight flight, Executor context, Flights.Follower follower) {
    this.flight = flight;
    this.context = context;
    this.follower = follower;
  }

  Flight flight() {
    return flight;
  }

  boolean isBehind() {
    return behind;
  }

  /** Brings {@code news} to the follower; one whose context is gone leaves the flight. */
  void tell(Consumer<Flights.Follower> news) {
    try {
      context.execute(() -> hear(news));
    } catch (RejectedExecutionException contextIsGone) {
      flight.onContext(() -> flight.forget(this));
    }
  }

  private void hear(Consumer<Flights.Follower> news) {
    if (!gone) {
      news.accept(follower);
    }
  }

  @Override
  public void leave() {
    if (!gone) {
      gone = true;
      flight.onContext(() -> flight.forget(this));
    }
  }

  @Override
  public void behind(boolean behind) {
    if (!gone) {
      flight.onContext(() -> lag(behind));
    }
  }

  private void lag(boolean nowBehind) {
    if (behind != nowBehind) {
      behind = nowBehind;
      flight.paceChanged(this);
    }
  }
}
