package io.ccrelay.upstream.http;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds the exchanges in flight to each origin and those waiting for a place. One for the whole
 * process, shared by all instances of {@link HttpUpstream}, because each of these keeps the
 * connections of its own event loop and cannot bound their sum. Origins come from the
 * configuration, so there are few. Safe for use from any context.
 */
public final class InFlight {

  private final int max;
  private final int maxWaiting;
  private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
  private final AtomicInteger inUse = new AtomicInteger();

  /** At most {@code max} in flight and {@code maxWaiting} waiting for each origin. */
  public InFlight(int max, int maxWaiting) {
    this.max = max;
    this.maxWaiting = maxWaiting;
  }

  /** The bounds of {@code options}. */
  public InFlight(HttpUpstreamOptions options) {
    this(options.maxExchanges(), options.maxWaiting());
  }

  /** Places taken at all origins: the gauge of connections in use. */
  public int inUse() {
    return inUse.get();
  }

  /**
   * Takes a place at {@code origin}, or waits for one. Empty when too many wait already.
   *
   * @param admitted called once when a place that had to be waited for is free, on the thread of
   *     whoever left it; not called when the place is free at once
   */
  Optional<Place> enter(String origin, Runnable admitted) {
    Lane lane = lanes.computeIfAbsent(origin, o -> new Lane());
    synchronized (lane) {
      var place = new Place(lane, admitted);
      if (lane.taken < max) {
        lane.taken++;
        inUse.incrementAndGet();
        place.state = State.TAKEN;
      } else if (lane.waiting.size() < maxWaiting) {
        lane.waiting.add(place);
      } else {
        return Optional.empty();
      }
      return Optional.of(place);
    }
  }

  private static final class Lane {
    private final LinkedHashSet<Place> waiting = new LinkedHashSet<>();
    private int taken;
  }

  private enum State {
    WAITING,
    TAKEN,
    LEFT
  }

  /** A place taken or waited for; whoever got it must {@link #leave} it. */
  final class Place {
    private final Lane lane;
    private final Runnable admitted;
    private State state = State.WAITING;

    private Place(Lane lane, Runnable admitted) {
      this.lane = lane;
      this.admitted = admitted;
    }

    /** Whether the place is held, and not only waited for. */
    boolean taken() {
      synchronized (lane) {
        return state == State.TAKEN;
      }
    }

    /** Gives the place to the next one waiting, or stops waiting. Idempotent. */
    void leave() {
      next().ifPresent(place -> place.admitted.run());
    }

    private Optional<Place> next() {
      synchronized (lane) {
        State before = state;
        state = State.LEFT;
        if (before == State.WAITING) {
          lane.waiting.remove(this);
        } else if (before == State.TAKEN) {
          return handOver();
        }
        return Optional.empty();
      }
    }

    private Optional<Place> handOver() {
      Iterator<Place> line = lane.waiting.iterator();
      if (line.hasNext()) {
        Place first = line.next();
        line.remove();
        first.state = State.TAKEN;
        return Optional.of(first);
      }
      lane.taken--;
      inUse.decrementAndGet();
      return Optional.empty();
    }
  }
}
