package io.ccrelay.cache;

import io.ccrelay.http.Fields;
import io.vertx.core.Future;
import java.util.concurrent.Executor;

/**
 * Single flight: equal requests under way at the same time share one upstream call. Safe for use
 * from any context.
 *
 * <p>The first to {@link #board} a key leads; whoever boards before the leader has ended follows. A
 * follower hears what the leader published so far and then everything live, in order, on the
 * context it boarded from. A leader ends exactly once, in one of three ways:
 *
 * <ul>
 *   <li>{@link Leader#complete}: followers get the entry;
 *   <li>{@link Leader#refuse}: the answer is not to be shared, every follower goes on alone;
 *   <li>{@link Leader#fail}: followers that have heard no head try to lead.
 * </ul>
 */
public interface Flights {

  /**
   * Boards the flight of {@code key}.
   *
   * @param context runs tasks one after the other, in order, on the caller's context; the leader
   *     and the follower are confined to it
   * @param follower hears the flight unless the caller leads it; never before the seat is known
   * @return the seat, on {@code context}; at once if no other process is asked; never a failure
   */
  Future<Seat> board(Key key, Executor context, Follower follower);

  /**
   * Takes {@code key} away from the flight that {@code seat} follows, if that flight is still the
   * current one, so that the next to board leads: for followers that have waited long enough.
   */
  void supersede(Seat.Follow seat);

  /**
   * Takes every flight away from those still to board: what they bring was asked for before
   * something that changed.
   */
  default void supersedeAll() {}

  /** Flights under way. */
  int size();

  /** The place a request got. */
  sealed interface Seat {

    /** Leaves it to others: the client left before the seat was known. */
    default void giveUp() {
      switch (this) {
        case Lead(Leader leader) -> leader.fail("client-gone");
        case Follow(Subscription subscription) -> subscription.leave();
      }
    }

    /** First: make the upstream call and tell the others. */
    record Lead(Leader leader) implements Seat {}

    /** Somebody else is on the way. */
    record Follow(Subscription subscription) implements Seat {}
  }

  /**
   * The leader's side. Confined to the leader's context. What comes after an ending, another ending
   * included, is ignored: whoever guards a leader may {@link #fail} it without asking.
   */
  interface Leader {

    /** A stream that may be shared live has begun. At most once, before any chunk. */
    void head(int status, Fields fields);

    /** More of the stream that {@link #head} began. */
    void chunk(Bytes chunk);

    /** The answer is complete and may be shared. */
    void complete(Entry entry);

    /** The answer is not to be shared, because of {@code token}. */
    void refuse(String token);

    /** There is no answer, because of {@code token}. */
    void fail(String token);

    /** Followers on board now; one that is boarding counts a moment later. */
    int followers();

    /** Whether at least one follower takes more chunks without falling behind. */
    boolean hungry();

    /**
     * Calls {@code listener} on the leader's context when {@link #followers} or {@link #hungry}
     * changed.
     */
    void onChange(Runnable listener);
  }

  /** The follower's hold on a flight. Confined to the follower's context. */
  interface Subscription {

    /** Hears nothing from now on. */
    void leave();

    /** Says whether this follower is {@code behind}: its client does not take more for now. */
    void behind(boolean behind);
  }

  /** What a follower hears, on its own context, in order; at most one ending. */
  interface Follower {

    /** A shared stream has begun. */
    void head(int status, Fields fields);

    /** More of the stream. */
    void chunk(Bytes chunk);

    /** The shared answer is complete. If a head was heard, all its chunks were heard too. */
    void complete(Entry entry);

    /** The answer is not to be shared; go on alone. */
    void alone(String token);

    /** There is no leader any more; if no head was heard, look up and board again. */
    void leaderless(String token);
  }
}
