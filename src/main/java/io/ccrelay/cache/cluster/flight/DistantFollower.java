package io.ccrelay.cache.cluster.flight;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.EntryFormat;
import io.ccrelay.cache.Flights;
import io.ccrelay.cache.cluster.wire.Wire;
import io.ccrelay.http.Fields;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * All followers of a flight on one other member: sends there what the leader here tells, as far as
 * there is credit. Confined to one context.
 */
final class DistantFollower implements Flights.Follower {

  /** Most bytes of a stream that wait for credit; more than a flight keeps for who boards late. */
  static final int MOST_WAITING = 16 << 20;

  private static final int LARGEST_NEWS = 64 << 10;

  /** Turns without a sign of the other side after which it is given up. */
  private static final int PATIENCE = 6;

  private final Wire wire;
  private final String member;
  private final long stream;
  private final int window;
  private final Runnable gone;
  private final Queue<Frame.Event> waiting = new ArrayDeque<>();
  private Optional<Flights.Subscription> subscription = Optional.empty();
  private int waitingBytes;
  private long credit;
  private int number;
  private int silentTurns;
  private boolean behind;
  private boolean ended;

  /**
   * The followers on {@code member}, who call the flight {@code stream}.
   *
   * @param window bytes that may be sent before there is credit
   * @param gone called when this is of no more use
   */
  DistantFollower(Wire wire, String member, long stream, int window, Runnable gone) {
    this.wire = wire;
    this.member = member;
    this.stream = stream;
    this.window = window;
    this.credit = window;
    this.gone = gone;
  }

  void seated(Flights.Subscription held) {
    subscription = Optional.of(held);
  }

  /** The other side takes {@code bytes} more. */
  void credit(int bytes) {
    silentTurns = 0;
    credit = Math.min(window, credit + bytes);
    send();
  }

  /** A turn has passed. */
  void turn() {
    silentTurns++;
    if (silentTurns > PATIENCE) {
      leave();
    } else {
      tell(new Frame.News(stream, number, new Frame.Beat()));
    }
  }

  /** Ends it for those there: they look for another leader. */
  void lose(String token) {
    tell(new Frame.News(stream, number, new Frame.Leaderless(token)));
    leave();
  }

  /** Nobody listens there any more. */
  void leave() {
    subscription.ifPresent(Flights.Subscription::leave);
    waiting.clear();
    ended = true;
    gone.run();
  }

  @Override
  public void head(int status, Fields fields) {
    put(new Frame.Head(status, fields));
  }

  @Override
  public void chunk(Bytes chunk) {
    if (waitingBytes + (long) chunk.size() > MOST_WAITING) {
      lose("follower-lagging");
      return;
    }
    for (int at = 0; at < chunk.size(); at += LARGEST_NEWS) {
      put(new Frame.Chunk(chunk.slice(at, Math.min(chunk.size(), at + LARGEST_NEWS))));
    }
  }

  @Override
  public void complete(Entry entry) {
    Bytes bytes = EntryFormat.encode(entry);
    for (int at = 0; at < bytes.size(); at += LARGEST_NEWS) {
      put(new Frame.Part(bytes.slice(at, Math.min(bytes.size(), at + LARGEST_NEWS))));
    }
    end(new Frame.Complete(bytes.size()));
  }

  @Override
  public void alone(String token) {
    end(new Frame.Alone(token));
  }

  @Override
  public void leaderless(String token) {
    end(new Frame.Leaderless(token));
  }

  private void end(Frame.Event last) {
    if (!ended) {
      put(last);
      ended = true;
      send();
    }
  }

  private void put(Frame.Event event) {
    if (!ended) {
      waiting.add(event);
      waitingBytes += event.cost();
      send();
    }
  }

  private void send() {
    while (!waiting.isEmpty() && (credit > 0 || waiting.element().cost() == 0)) {
      Frame.Event next = waiting.remove();
      waitingBytes -= next.cost();
      credit -= next.cost();
      tell(new Frame.News(stream, number, next));
      number++;
    }
    pace();
    if (ended && waiting.isEmpty()) {
      gone.run();
    }
  }

  private void pace() {
    if (behind == waiting.isEmpty()) {
      behind = !behind;
      subscription.ifPresent(held -> held.behind(behind));
    }
  }

  private void tell(Frame frame) {
    wire.tell(member, FrameFormat.encode(frame));
  }
}
