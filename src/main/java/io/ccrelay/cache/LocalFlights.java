package io.ccrelay.cache;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The flights of one process, shared by all its event loops. Safe for use from any context.
 *
 * <p>There is no lock. The registry is a concurrent map; everything else about a flight is confined
 * to its leader's context, where followers come on board by a task. A flight leaves the registry
 * with its ending, so the next to board leads; who found it there just before is on board and hears
 * the ending.
 */
public final class LocalFlights implements Flights {

  /** Most bytes of a stream that are kept for followers still to come: 8 MiB. */
  public static final long DEFAULT_PREFIX_BYTES = 8L << 20;

  private final ConcurrentHashMap<Key, Flight> underWay = new ConcurrentHashMap<>();
  private final long prefixBytes;

  /** Flights that keep {@link #DEFAULT_PREFIX_BYTES} for followers still to come. */
  public LocalFlights() {
    this(DEFAULT_PREFIX_BYTES);
  }

  /**
   * Flights that keep up to {@code prefixBytes} of a stream for followers still to come. A stream
   * that grows longer takes no more of them: the next to board its key leads anew.
   */
  public LocalFlights(long prefixBytes) {
    this.prefixBytes = prefixBytes;
  }

  @Override
  public Future<Seat> board(Key key, Executor context, Follower follower) {
    return Future.succeededFuture(boardHere(key, context, follower));
  }

  /** Boards the flight of {@code key} in this process, as {@link #board} does. */
  public Seat boardHere(Key key, Executor context, Follower follower) {
    while (true) {
      Flight current = underWay.get(key);
      if (current == null) {
        var departing = new Flight(context, prefixBytes, flight -> underWay.remove(key, flight));
        current = underWay.putIfAbsent(key, departing);
        if (current == null) {
          return new Seat.Lead(departing);
        }
      }
      var passenger = boardedOn(current, context, follower);
      if (passenger != null) {
        return new Seat.Follow(passenger);
      }
    }
  }

  /** Follows the flight of {@code key}, if there is one in this process. */
  public Optional<Seat.Follow> follow(Key key, Executor context, Follower follower) {
    return Optional.ofNullable(underWay.get(key))
        .map(flight -> boardedOn(flight, context, follower))
        .map(Seat.Follow::new);
  }

  /**
   * The passenger {@code follower} became; null, and no flight, if the leader's context is gone.
   */
  private static @Nullable Passenger boardedOn(Flight flight, Executor context, Follower follower) {
    var passenger = new Passenger(flight, context, follower);
    try {
      flight.board(passenger);
      return passenger;
    } catch (RejectedExecutionException contextIsGone) {
      flight.leaveRegistry();
      return null;
    }
  }

  @Override
  public void supersede(Seat.Follow seat) {
    if (seat.subscription() instanceof Passenger passenger) {
      passenger.flight().supersede();
    }
  }

  @Override
  public void supersedeAll() {
    underWay.values().forEach(Flight::supersede);
  }

  @Override
  public int size() {
    return underWay.size();
  }
}
