package io.ccrelay.proxy;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.Flights;
import io.ccrelay.llm.PassReason;
import io.ccrelay.llm.RequestParts;
import io.ccrelay.llm.Verdict;
import io.ccrelay.upstream.Upstream;
import java.time.Instant;

/**
 * What becomes of an answer beside reaching its client: it is kept or not, and the followers of the
 * flight are told. Confined to one context.
 */
final class Settlement {

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
   * Keeps the answer or not, then tells the followers. It is on its way to the store before the
   * client has its end, so that the client finds it when it asks again; the flight stays open until
   * the store has answered, so that whoever misses in between still follows it.
   */
  void settle(Upstream.Answer arrived, Entry.Form form, Bytes body, Verdict verdict) {
    switch (verdict) {
      case Verdict.Pass(PassReason reason) -> decline(arrived.status(), reason);
      case Verdict.Keep keep -> {
        var now = relay.clock().instant();
        keep(order.terms().entry(arrived, form, body, keep, parts, askedAt, now));
      }
    }
  }

  private void decline(int status, PassReason reason) {
    if (StoreTerms.worthAnotherTry(status)) {
      leader.fail(reason.token());
    } else {
      leader.refuse(reason.token());
    }
  }

  private void keep(Entry entry) {
    var key = order.terms().key();
    relay.kept().kept(key, parts);
    var _ = relay.cache().keep(key, entry).onComplete(stored -> leader.complete(entry));
  }
}
