package io.ccrelay.proxy.policy;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.Flights;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Usage;
import io.ccrelay.http.Fields;
import io.ccrelay.policy.run.Answer;
import io.ccrelay.policy.run.Effect;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The flights of one request: values that it computes for others, or waits for. Confined to the
 * request's context.
 */
final class ValueFlights {

  /** Longest wait for another request's value. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Vertx vertx;
  private final Flights flights;
  private final Executor executor;
  private final Map<Key, Flights.Leader> led = new HashMap<>();

  ValueFlights(Vertx vertx, Flights flights, Executor executor) {
    this.vertx = vertx;
    this.flights = flights;
    this.executor = executor;
  }

  Future<Answer> board(Effect.Board wish) {
    Promise<Answer> landed = Promise.promise();
    return flights
        .board(wish.key(), executor, new Waiting(landed))
        .compose(seat -> seated(wish, seat, landed));
  }

  private Future<Answer> seated(Effect.Board wish, Flights.Seat seat, Promise<Answer> landed) {
    return switch (seat) {
      case Flights.Seat.Lead(Flights.Leader leader) -> {
        led.put(wish.key(), leader);
        yield Future.succeededFuture(new Answer.Leads());
      }
      case Flights.Seat.Follow(Flights.Subscription subscription) -> {
        if (!wish.waiting()) {
          subscription.leave();
          yield Future.succeededFuture(new Answer.Busy());
        }
        long timer = vertx.setTimer(PATIENCE.toMillis(), _ -> landed.tryComplete(nothing()));
        yield landed
            .future()
            .onComplete(_ -> {
              vertx.cancelTimer(timer);
              subscription.leave();
            });
      }
    };
  }

  Future<Answer> land(Effect.Land landing) {
    Flights.Leader leader = led.remove(landing.key());
    if (leader != null) {
      landing
          .value()
          .ifPresentOrElse(value -> leader.complete(entry(value)), () -> leader.refuse("no-value"));
    }
    return Future.succeededFuture(Answer.DONE);
  }

  /** What is still led fails: its followers compute for themselves. */
  void abandon() {
    led.values().forEach(leader -> leader.refuse("leader-failed"));
    led.clear();
  }

  private static Entry entry(Bytes value) {
    return new Entry(
        200,
        Entry.Form.OPAQUE,
        Instant.EPOCH,
        Duration.ZERO,
        Duration.ZERO,
        Fields.none(),
        List.of(),
        Map.of(),
        Usage.NONE,
        value);
  }

  private static Answer nothing() {
    return new Answer.Landed(Optional.empty());
  }

  private record Waiting(Promise<Answer> landed) implements Flights.Follower {

    @Override
    public void head(int status, Fields fields) {}

    @Override
    public void chunk(Bytes chunk) {}

    @Override
    public void complete(Entry entry) {
      landed.tryComplete(new Answer.Landed(Optional.of(entry.body())));
    }

    @Override
    public void alone(String token) {
      landed.tryComplete(nothing());
    }

    @Override
    public void leaderless(String token) {
      landed.tryComplete(nothing());
    }
  }
}
