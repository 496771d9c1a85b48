package io.ccrelay.proxy.api;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.CacheOutcome;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.Flights;
import io.ccrelay.http.Collapse;
import io.ccrelay.http.Fields;
import io.ccrelay.http.StorePlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A request that waits for the answer to another one for the same target. What arrives is looked at
 * anew: only a stored response that this request selects too, of a target that was not invalidated
 * meanwhile, answers it (RFC 9111 section 4). Confined to the request's context.
 */
final class Collapsed implements Flights.Follower {

  /** Longest wait for a sign of the leader. */
  static final Duration WAIT = Duration.ofSeconds(10);

  private final CachedExchange exchange;
  private final ApiReply reply;
  private final Target target;
  private final Api.Cached cached;
  private Optional<Flights.Subscription> subscription = Optional.empty();
  private long timer = -1;
  private boolean over;

  Collapsed(CachedExchange exchange, ApiReply reply, Target target, Api.Cached cached) {
    this.exchange = exchange;
    this.reply = reply;
    this.target = target;
    this.cached = cached;
  }

  /** The place was given. */
  void seated(Flights.Seat.Follow seat, Flights flights) {
    subscription = Optional.of(seat.subscription());
    reply.onGone(this::gone);
    timer =
        reply
            .vertx()
            .setTimer(
                WAIT.toMillis(),
                fired -> {
                  timer = -1;
                  flights.supersede(seat);
                  seat.subscription().leave();
                  if (settle()) {
                    exchange.lookUpAgain();
                  }
                });
  }

  @Override
  public void head(int status, Fields fields) {}

  @Override
  public void chunk(Bytes chunk) {}

  @Override
  public void complete(Entry entry) {
    if (!settle()) {
      return;
    }
    HeldFormat.single(entry, cached.options().rules())
        .filter(held -> Collapse.isShareable(new StorePlan.Keep(held.variant()), target.request()))
        .filter(held -> !Codings.acceptable(List.of(held), target.request().fields()).isEmpty())
        .ifPresentOrElse(held -> share(held, entry.body()), exchange::goOnAlone);
  }

  private void share(Held held, Bytes content) {
    var _ =
        cached
            .store()
            .isMarked(target.key(), held.variant().response().requestTime())
            .onSuccess(invalidated -> {
              if (invalidated) {
                exchange.lookUpAgain();
              } else {
                exchange.share(held, content);
              }
            });
  }

  @Override
  public void alone(String token) {
    if (settle()) {
      exchange.goOnAlone();
    }
  }

  @Override
  public void leaderless(String token) {
    if (settle()) {
      exchange.lookUpAgain();
    }
  }

  private void gone() {
    if (settle()) {
      subscription.ifPresent(Flights.Subscription::leave);
      reply.abandoned(CacheOutcome.COALESCED);
    }
  }

  private boolean settle() {
    boolean first = !over;
    over = true;
    if (timer >= 0) {
      reply.vertx().cancelTimer(timer);
      timer = -1;
    }
    return first;
  }
}
