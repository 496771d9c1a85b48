package io.ccrelay.proxy;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.Flights;
import io.ccrelay.llm.PassReason;
import io.ccrelay.llm.RequestParts;
import io.ccrelay.llm.Verdict;
import io.ccrelay.upstream.Upstream;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * What becomes of an answer beside reaching its client: it is kept or not, and the followers of the
 * flight are told. Confined to one context.
 */
final class Settlement {

  /** Longest time that a complete answer waits for the store. */
  private static final Duration STORING = Duration.ofMillis(20);

  private final LlmRelay relay;
  private final FetchOrder order;
  private final Flights.Leader leader;
  private final Instant askedAt;
  private RequestParts parts = RequestParts.none();

  /** For an answer that is asked for now. */
  Settlement(LlmRelay relay, FetchOrder order, Flights.Leader leader) {
    this.relay = relay;
    this.order = order;
    this.leader = leader;
    this.askedAt = relay.cache().purges().beginning(relay.clock().instant());
  }

  /** While the upstream thinks there is time to note what it was asked. */
  void takeApart() {
    if (order.terms().write() && order.request().body() instanceof Upstream.Body.Whole(var body)) {
      var _ =
          relay
              .offload()
              .reading(body.length(), order.parts()::get)
              .onSuccess(taken -> parts = taken);
    }
  }

  /**
   * Keeps the answer or not, then tells the followers; ends when the client may have its end. With
   * a store in this process that is when the answer is stored, within {@link #STORING} at most, so
   * that a client that asks again at once, over whichever connection, finds it; no other store is
   * waited for. The flight stays open until the store has answered, so that whoever misses in
   * between follows it.
   */
  Future<?> settle(Upstream.Answer arrived, Entry.Form form, Bytes body, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Pass(PassReason reason) -> decline(arrived.status(), reason);
      case Verdict.Keep keep -> {
        var now = relay.clock().instant();
        yield keep(order.terms().entry(arrived, form, body, keep, parts, askedAt, now));
      }
    };
  }

  private Future<?> decline(int status, PassReason reason) {
    if (StoreTerms.worthAnotherTry(status)) {
      leader.fail(reason.token());
    } else {
      leader.refuse(reason.token());
    }
    return Future.succeededFuture();
  }

  private Future<?> keep(Entry entry) {
    var key = order.terms().key();
    relay.kept().kept(key, parts);
    var kept = relay.cache().keep(key, entry).onComplete(_ -> leader.complete(entry));
    return relay.cache().keepsHere()
        ? kept.timeout(STORING.toMillis(), TimeUnit.MILLISECONDS)
        : Future.succeededFuture();
  }
}
