package io.ccrelay.cache.cluster.flight;

import io.ccrelay.cache.Flights;
import io.ccrelay.cache.LocalFlights;
import io.ccrelay.cache.cluster.wire.Wire;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Those elsewhere who follow leaders here. Confined to {@code home}. */
final class DistantFollowers {

  private final Wire wire;
  private final LocalFlights local;
  private final Executor home;
  private final Map<Name, DistantFollower> followers = new HashMap<>();

  /** What a member calls a flight. */
  private record Name(String member, long stream) {}

  DistantFollowers(Wire wire, LocalFlights local, Executor home) {
    this.wire = wire;
    this.local = local;
    this.home = home;
  }

  /** Whether {@code member} got what it wishes. */
  boolean seat(String member, Frame.Subscribe wish) {
    var name = new Name(member, wish.stream());
    int window = Math.clamp(wish.window(), 1, Mirror.WINDOW);
    var follower =
        new DistantFollower(wire, member, wish.stream(), window, () -> followers.remove(name));
    return local
        .follow(wish.key(), home, follower)
        .map(seat -> seated(name, follower, seat))
        .orElse(false);
  }

  private boolean seated(Name name, DistantFollower follower, Flights.Seat.Follow seat) {
    follower.seated(seat.subscription());
    followers.put(name, follower);
    return true;
  }

  void credit(String member, long stream, int bytes) {
    with(member, stream, follower -> follower.credit(bytes));
  }

  void leave(String member, long stream) {
    with(member, stream, DistantFollower::leave);
  }

  private void with(String member, long stream, Consumer<DistantFollower> action) {
    @Nullable DistantFollower follower = followers.get(new Name(member, stream));
    if (follower != null) {
      action.accept(follower);
    }
  }

  void turn() {
    all().forEach(DistantFollower::turn);
  }

  void left(String member) {
    followers.entrySet().stream()
        .filter(one -> one.getKey().member().equals(member))
        .map(Map.Entry::getValue)
        .toList()
        .forEach(DistantFollower::leave);
  }

  /** This member stops: the others look for another leader. */
  void close() {
    all().forEach(follower -> follower.lose("leader-leaves"));
  }

  private List<DistantFollower> all() {
    return List.copyOf(followers.values());
  }
}
