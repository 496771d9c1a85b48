package io.ccrelay.cache.cluster.flight;

import io.ccrelay.cache.Key;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who leads the keys that this member is the registrar of. Time is counted in turns. Safe for use
 * from any context.
 */
final class Leases {

  /** Most leases remembered; whoever asks beyond is granted what nobody will know of. */
  static final int MOST = 1 << 16;

  /** Turns a lease lasts unless renewed. */
  static final int TURNS = 5;

  private record Lease(String member, long lastTurn) {}

  private final ConcurrentHashMap<Key, Lease> leases = new ConcurrentHashMap<>();
  private volatile long turn;

  /**
   * Who leads {@code key} other than {@code member}; if nobody does, {@code member} from now on.
   */
  Optional<String> claim(Key key, String member, boolean force) {
    if (leases.size() >= MOST && !leases.containsKey(key)) {
      return Optional.empty();
    }
    long now = turn;
    Lease lease =
        leases.compute(
            key,
            (_, held) ->
                held != null && !force && held.lastTurn() >= now
                    ? held
                    : new Lease(member, now + TURNS));
    return lease.member().equals(member) ? Optional.empty() : Optional.of(lease.member());
  }

  /** {@code member} still leads {@code key}, unless somebody else does. */
  void renew(Key key, String member) {
    var _ =
        leases.computeIfPresent(
            key,
            (_, held) -> held.member().equals(member) ? new Lease(member, turn + TURNS) : held);
    var _ = claim(key, member, false);
  }

  /** {@code member} leads {@code key} no more. */
  void release(Key key, String member) {
    var _ = leases.computeIfPresent(key, (_, held) -> held.member().equals(member) ? null : held);
  }

  /** {@code member} leads nothing any more. */
  void forget(String member) {
    leases.values().removeIf(lease -> lease.member().equals(member));
  }

  /** Nobody leads anything any more. */
  void clear() {
    leases.clear();
  }

  /** A turn has passed. */
  void turn() {
    long now = turn + 1;
    turn = now;
    leases.values().removeIf(lease -> lease.lastTurn() < now);
  }

  int size() {
    return leases.size();
  }
}
