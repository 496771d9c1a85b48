package io.ccrelay.cache;

import io.ccrelay.http.Fields;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One flight: what its leader said, and who listens. Confined to the leader's context, but for the
 * methods that say otherwise.
 */
final class Flight implements Flights.Leader {

  private final Executor context;
  private final long prefixBytes;
  private final Consumer<Flight> registry;

  /** What a chunk in the prefix costs beside its bytes, so that tiny ones count too. */
  static final int CHUNK_OVERHEAD_BYTES = 96;

  /** In the order of boarding. */
  private final SequencedSet<Passenger> passengers = new LinkedHashSet<>();

  /** What was heard so far, in the order heard: a head and chunks. */
  private final List<Consumer<Flights.Follower>> prefix = new ArrayList<>();

  private long prefixSize;
  private boolean headed;
  private boolean full;
  private int behind;
  private @Nullable Consumer<Flights.Follower> ending;
  private Runnable listener = () -> {};

  /**
   * A flight without followers.
   *
   * @param context the leader's
   * @param prefixBytes most bytes kept for followers still to come
   * @param registry takes the flight from the registry if it is there
   */
  Flight(Executor context, long prefixBytes, Consumer<Flight> registry) {
    this.context = context;
    this.prefixBytes = prefixBytes;
    this.registry = registry;
  }

  // From any context.

  /**
   * Takes {@code passenger} on board.
   *
   * @throws RejectedExecutionException if the leader's context runs no more tasks
   */
  void board(Passenger passenger) {
    context.execute(() -> welcome(passenger));
  }

  /** Lets the next to board the key lead. */
  void supersede() {
    leaveRegistry();
    onContext(this::closeDoors);
  }

  void leaveRegistry() {
    registry.accept(this);
  }

  /** Runs {@code task} on the leader's context; when that is gone nobody misses it. */
  void onContext(Runnable task) {
    try {
      context.execute(task);
    } catch (RejectedExecutionException contextIsGone) {
      leaveRegistry();
    }
  }

  // On the leader's context.

  private void welcome(Passenger passenger) {
    if (ending != null) {
      passenger.tell(ending);
    } else if (full) {
      passenger.tell(follower -> follower.leaderless("flight-full"));
    } else {
      passengers.add(passenger);
      prefix.forEach(passenger::tell);
      listener.run();
    }
  }

  /** Keeps nothing for followers still to come: those under way find the flight full. */
  private void closeDoors() {
    full = true;
    prefix.clear();
  }

  void forget(Passenger passenger) {
    if (passengers.remove(passenger)) {
      behind -= passenger.isBehind() ? 1 : 0;
      listener.run();
    }
  }

  /** {@code passenger} fell behind or caught up. */
  void paceChanged(Passenger passenger) {
    if (!passengers.contains(passenger)) {
      return;
    }
    boolean wasHungry = hungry();
    behind += passenger.isBehind() ? 1 : -1;
    if (hungry() != wasHungry) {
      listener.run();
    }
  }

  @Override
  public void head(int status, Fields fields) {
    if (ending == null && !headed) {
      headed = true;
      publish(follower -> follower.head(status, fields), 0);
    }
  }

  @Override
  public void chunk(Bytes chunk) {
    if (ending == null) {
      publish(follower -> follower.chunk(chunk), chunk.size() + CHUNK_OVERHEAD_BYTES);
    }
  }

  private void publish(Consumer<Flights.Follower> news, long size) {
    keep(news, size);
    passengers.forEach(passenger -> passenger.tell(news));
  }

  private void keep(Consumer<Flights.Follower> news, long size) {
    if (full) {
      return;
    }
    prefixSize += size;
    if (prefixSize > prefixBytes) {
      leaveRegistry();
      closeDoors();
    } else {
      prefix.add(news);
    }
  }

  @Override
  public void complete(Entry entry) {
    end(follower -> follower.complete(entry));
  }

  @Override
  public void refuse(String token) {
    end(follower -> follower.alone(token));
  }

  @Override
  public void fail(String token) {
    end(follower -> follower.leaderless(token));
  }

  private void end(Consumer<Flights.Follower> last) {
    if (ending != null) {
      return;
    }
    ending = last;
    leaveRegistry();
    passengers.forEach(passenger -> passenger.tell(last));
    passengers.clear();
    prefix.clear();
    behind = 0;
    listener = () -> {};
  }

  @Override
  public int followers() {
    return passengers.size();
  }

  @Override
  public boolean hungry() {
    return passengers.size() > behind;
  }

  @Override
  public void onChange(Runnable listener) {
    if (ending == null) {
      this.listener = listener;
    }
  }
}
