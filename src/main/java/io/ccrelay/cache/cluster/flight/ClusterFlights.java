package io.ccrelay.cache.cluster.flight;

import io.ccrelay.cache.Flights;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.LocalFlights;
import io.ccrelay.cache.cluster.wire.Wire;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The flights of all members of a cluster. Safe for use from any context.
 *
 * <p>A follower beside its leader costs what it costs without a cluster. Who would lead asks the
 * registrar of the key first, for at most the deadline, and leads if that does not answer.
 */
public final class ClusterFlights implements Flights, Wire.Listener {

  /** The length of a turn: leaders show that they live this often. */
  public static final Duration TURN = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(ClusterFlights.class);

  /** Most keys that are to be taken by force. */
  private static final int MOST_FORCED = 4096;

  private final Vertx vertx;
  private final Wire wire;
  private final Duration turn;
  private final Context context;
  private final Executor home;
  private final LocalFlights local = new LocalFlights();
  private final Registry registry;
  private final LedFlights led;
  private final Mirrors mirrors;
  private final DistantFollowers distant;
  private final Set<Key> forced = ConcurrentHashMap.newKeySet();
  private volatile boolean sharing;
  private volatile long timer;
  private volatile List<String> known = List.of();

  /**
   * Flights that are shared with nobody until {@link #open}.
   *
   * @param deadline longest wait for another member, once for the registrar and once for the leader
   * @param turn how often leaders show that they live
   */
  public ClusterFlights(Vertx vertx, Wire wire, Duration deadline, Duration turn) {
    this.vertx = vertx;
    this.wire = wire;
    this.turn = turn;
    this.context = vertx.getOrCreateContext();
    this.home = task -> context.runOnContext(_ -> task.run());
    this.registry = new Registry(wire, deadline);
    this.led = new LedFlights(registry);
    this.mirrors = new Mirrors(wire);
    this.distant = new DistantFollowers(wire, local, home);
  }

  /** Begins to share flights with the other members. */
  public Future<Void> open() {
    return Future.<Void>future(
            opened -> context.runOnContext(_ -> wire.open(this).onComplete(opened)))
        .onSuccess(_ -> {
          known = wire.members();
          sharing = true;
          nextTurn();
        });
  }

  /**
   * A timer for each turn: a periodic one makes up for lost ones at once, as if all were silent.
   */
  private void nextTurn() {
    timer = vertx.setTimer(turn.toMillis(), _ -> home.execute(this::turn));
  }

  /** Ends it: flights here go on alone, followers elsewhere look for another leader. */
  public Future<Void> close() {
    sharing = false;
    var _ = vertx.cancelTimer(timer);
    mirrors.lost(_ -> true, "leader-lost");
    return Future.<Void>future(closed ->
        home.execute(() -> {
          distant.close();
          wire.close().onComplete(closed);
        }));
  }

  /** Looks at the members again: what those that left were doing ends now, not in a few turns. */
  public void membersChanged() {
    home.execute(this::compareMembers);
  }

  @Override
  public Future<Seat> board(Key key, Executor context, Follower follower) {
    return switch (local.boardHere(key, context, follower)) {
      case Seat.Follow seat -> Future.succeededFuture(Boarded.of(key, seat));
      case Seat.Lead(Leader leader) when !sharing || wire.members().size() < 2 ->
          Future.succeededFuture(new Seat.Lead(leader));
      case Seat.Lead(Leader leader) ->
          new Boarding(registry, led, mirrors, local, new Boarding.Who(key, context, follower))
              .seat(leader, forced.remove(key));
    };
  }

  /** A flight whose leader is elsewhere is taken by force next time. */
  @Override
  public void supersede(Seat.Follow seat) {
    if (seat.subscription() instanceof Boarded(Key key, Subscription held)) {
      if (mirrors.has(key) && forced.size() < MOST_FORCED) {
        forced.add(key);
      }
      local.supersede(new Seat.Follow(held));
    } else {
      local.supersede(seat);
    }
  }

  @Override
  public void supersedeAll() {
    led.clear();
    registry.leases().clear();
    local.supersedeAll();
  }

  @Override
  public int size() {
    return local.size();
  }

  private void turn() {
    if (!sharing) {
      return;
    }
    nextTurn();
    compareMembers();
    registry.turn(led.keys());
    mirrors.turn();
    distant.turn();
  }

  private void compareMembers() {
    List<String> now = wire.members();
    for (String member : known) {
      if (!now.contains(member)) {
        registry.leases().forget(member);
        mirrors.lost(mirror -> mirror.member().equals(member), "leader-lost");
        distant.left(member);
      }
    }
    known = now;
  }

  @Override
  public Future<Buffer> asked(String member, Buffer question) {
    return switch (FrameFormat.decode(question).orElse(null)) {
      case Frame.Claim claim -> Future.succeededFuture(registry.claimed(member, claim));
      case Frame.Subscribe wish ->
          led.isLed(wish.key())
              .map(leads -> leads && distant.seat(member, wish))
              .map(seated ->
                  FrameFormat.encode(seated ? new Frame.Accepted() : new Frame.Refused()));
      case null, default -> Future.failedFuture("no question");
    };
  }

  @Override
  public void told(String member, Buffer news) {
    switch (FrameFormat.decode(news).orElse(null)) {
      case Frame.News heard -> mirrors.told(member, heard);
      case Frame.Credit(long stream, int bytes) -> distant.credit(member, stream, bytes);
      case Frame.Leave(long stream) -> distant.leave(member, stream);
      case Frame.Renew(List<Key> keys) -> keys.forEach(key -> registry.leases().renew(key, member));
      case Frame.Release(Key key) -> registry.leases().release(key, member);
      case null, default -> LOG.warn("a message about flights from {} cannot be read", member);
    }
  }
}
