package io.ccrelay.cache.cluster.flight;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Key;
import io.ccrelay.http.Fields;
import java.util.List;

/** What members say to each other about flights. Immutable. */
sealed interface Frame {

  // Asked of a registrar.

  /** Who leads {@code key}? If nobody does, or by {@code force}, the asker does from now on. */
  record Claim(Key key, boolean force) implements Frame {}

  // Answers of a registrar.

  /** The asker leads. */
  record Granted() implements Frame {}

  /** {@code member} leads. */
  record Taken(String member) implements Frame {}

  // Told to a registrar.

  /** The teller still leads {@code keys}. */
  record Renew(List<Key> keys) implements Frame {}

  /** The teller leads {@code key} no more. */
  record Release(Key key) implements Frame {}

  // Asked of a leader, and its answers.

  /** Tell me of {@code key} as {@code stream}, at most {@code window} bytes ahead of credit. */
  record Subscribe(Key key, long stream, int window) implements Frame {}

  /** So be it. */
  record Accepted() implements Frame {}

  /** There is no such flight here. */
  record Refused() implements Frame {}

  // Told to a leader.

  /** {@code bytes} more may be sent; zero is a sign of life. */
  record Credit(long stream, int bytes) implements Frame {}

  /** Nobody listens any more. */
  record Leave(long stream) implements Frame {}

  /**
   * Something a leader tells a follower.
   *
   * @param number counts the news of a stream from zero, so that losses show
   */
  record News(long stream, int number, Event event) implements Frame {}

  /** What a leader tells. */
  sealed interface Event {

    /** Bytes that take credit. */
    default int cost() {
      return 0;
    }
  }

  /** {@link io.ccrelay.cache.Flights.Follower#head}. */
  record Head(int status, Fields fields) implements Event {}

  /** {@link io.ccrelay.cache.Flights.Follower#chunk}. */
  record Chunk(Bytes bytes) implements Event {
    @Override
    public int cost() {
      return bytes.size();
    }
  }

  /** A part of the entry that {@link Complete} completes. */
  record Part(Bytes bytes) implements Event {
    @Override
    public int cost() {
      return bytes.size();
    }
  }

  /** {@link io.ccrelay.cache.Flights.Follower#complete}: the entry was {@code size} bytes. */
  record Complete(int size) implements Event {}

  /** {@link io.ccrelay.cache.Flights.Follower#alone}. */
  record Alone(String token) implements Event {}

  /** {@link io.ccrelay.cache.Flights.Follower#leaderless}. */
  record Leaderless(String token) implements Event {}

  /** A sign of life; has the number of the next news and does not take it. */
  record Beat() implements Event {}
}
