package io.ccrelay.cache.cluster.group;

import io.ccrelay.cache.CacheOptions.Environment;
import java.time.Duration;

/**
 * How fast a group reacts, for each {@code cache.olric.environment}. A killed process is noticed at
 * once, by its closed socket; one that was paused or cut off within {@code silence}, one heartbeat
 * and {@code verify}, at most 8 s.
 *
 * @param join longest wait for an answer of other nodes before a node begins alone
 * @param connect longest wait for a connection
 * @param heartbeat time between two signs of life
 * @param silence time without one after which a node is suspected
 * @param verify time that a suspected node has to object
 * @param mergeFrom shortest time between two looks for groups that were split
 * @param mergeTo longest time between two looks
 * @param answer longest wait for another node's part of an operation on the map
 */
public record Pace(
    Duration join,
    Duration connect,
    Duration heartbeat,
    Duration silence,
    Duration verify,
    Duration mergeFrom,
    Duration mergeTo,
    Duration answer) {

  /** Longest wait for a handshake on a connection that is there. */
  Duration handshake() {
    return connect.multipliedBy(4);
  }

  /** The pace of {@code environment}. */
  public static Pace of(Environment environment) {
    return switch (environment) {
      case LOCAL -> millis(400, 300, 750, 3000, 500, 500, 2000, 500);
      case LAN -> millis(800, 500, 1000, 4000, 1000, 1000, 4000, 500);
      case WAN -> millis(3000, 1500, 1000, 5000, 1500, 2000, 6000, 1500);
    };
  }

  private static Pace millis(
      int join, int connect, int beat, int silence, int verify, int from, int to, int answer) {
    return new Pace(
        Duration.ofMillis(join),
        Duration.ofMillis(connect),
        Duration.ofMillis(beat),
        Duration.ofMillis(silence),
        Duration.ofMillis(verify),
        Duration.ofMillis(from),
        Duration.ofMillis(to),
        Duration.ofMillis(answer));
  }
}
