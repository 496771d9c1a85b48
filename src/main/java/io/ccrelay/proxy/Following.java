package io.ccrelay.proxy;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.CacheOutcome;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.Flights;
import io.ccrelay.http.Fields;
import io.ccrelay.upstream.UpstreamException;
import java.time.Duration;
import java.util.Optional;

/**
 * A request that waits for the answer of an equal one. Confined to its own context.
 *
 * <p>It waits for a sign of its leader for a bounded time only; then it takes the key away from
 * that flight and looks up again, so that of all who waited one asks anew and the others follow
 * that one.
 */
final class Following implements Flights.Follower, ClientStream.Listener {

  private final LlmExchange exchange;
  private final LlmReply reply;
  private final LlmCall call;
  private Optional<Flights.Subscription> subscription = Optional.empty();
  private Optional<LiveBody> live = Optional.empty();
  private long waitTimer = -1;
  private boolean over;

  Following(LlmExchange exchange, LlmReply reply, LlmCall call) {
    this.exchange = exchange;
    this.reply = reply;
    this.call = call;
  }

  /** The place was given; waits at most {@code wait} for a sign of the leader. */
  void seated(Flights.Seat.Follow seat, Flights flights, Duration wait) {
    subscription = Optional.of(seat.subscription());
    reply.onGone(this::gone);
    waitTimer =
        reply
            .vertx()
            .setTimer(
                wait.toMillis(),
                fired -> {
                  waitTimer = -1;
                  flights.supersede(seat);
                  leave();
                  exchange.lookUpAgain();
                });
  }

  @Override
  public void head(int status, Fields fields) {
    if (over) {
      return;
    }
    stopWaiting();
    if (!call.wantsStream()) {
      return;
    }
    var stream =
        new ClientStream(reply.vertx(), reply.response(), call.options().maxEntryBytes(), this);
    live = Optional.of(new LiveBody(reply, stream, true));
    reply
        .head()
        .begun(
            reply.response(), status, fields, true, CacheOutcome.COALESCED, call.collapsedStatus());
  }

  @Override
  public void chunk(Bytes chunk) {
    if (!over) {
      live.ifPresent(body -> body.chunk(Buffers.view(chunk)));
    }
  }

  @Override
  public void complete(Entry entry) {
    if (settle()) {
      if (live.isPresent()) {
        endLive();
      } else {
        replay(entry);
      }
    }
  }

  private void replay(Entry entry) {
    exchange
        .replay(entry, CacheOutcome.COALESCED)
        .onSuccess(served -> {
          if (!served) {
            exchange.fetchAlone(CacheOutcome.MISS, "unfit");
          }
        });
  }

  @Override
  public void alone(String token) {
    if (settle()) {
      if (live.isPresent()) {
        endLive();
      } else {
        exchange.fetchAlone(CacheOutcome.MISS, token);
      }
    }
  }

  @Override
  public void leaderless(String token) {
    if (settle()) {
      if (live.isPresent()) {
        live.get()
            .breakOff(new UpstreamException(UpstreamException.Kind.BROKEN, "the leader failed"));
        reply.answered(CacheOutcome.COALESCED);
      } else {
        exchange.lookUpAgain();
      }
    }
  }

  @Override
  public void paceChanged() {
    subscription.ifPresent(held -> held.behind(live.map(LiveBody::behind).orElse(false)));
  }

  @Override
  public void gone() {
    if (!over) {
      leave();
      live.ifPresent(LiveBody::stop);
      reply.abandoned(CacheOutcome.COALESCED);
    }
  }

  private void endLive() {
    live.ifPresent(LiveBody::end);
    reply.answered(CacheOutcome.COALESCED);
  }

  private void leave() {
    over = true;
    stopWaiting();
    subscription.ifPresent(Flights.Subscription::leave);
  }

  private boolean settle() {
    boolean first = !over;
    over = true;
    stopWaiting();
    return first;
  }

  private void stopWaiting() {
    if (waitTimer >= 0) {
      reply.vertx().cancelTimer(waitTimer);
      waitTimer = -1;
    }
  }
}
