package io.ccrelay.proxy;

import io.ccrelay.upstream.KeyPool.Choice;
import io.ccrelay.upstream.Upstream;
import io.ccrelay.upstream.UpstreamException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * A request for an upstream and the pooled key that it carries.
 *
 * @param request to be sent unless the keys are exhausted
 * @param key which key, or that no pool has a part in it
 */
record KeyedRequest(Upstream.Request request, Choice key) {

  /** Why it cannot be sent now, if it cannot. */
  Optional<UpstreamException> refusal() {
    return key instanceof Choice.Exhausted(Duration delay)
        ? Optional.of(
            new UpstreamException(
                UpstreamException.Kind.KEYS_EXHAUSTED, "all keys are at their limits", delay))
        : Optional.empty();
  }

  /** Tells the client which key of how many was used; never the key itself. */
  void describe(ReplyHead head) {
    if (key instanceof Choice.Chosen chosen) {
      head.add("X-CC-Relay-Key-ID", chosen.id());
      head.add("X-CC-Relay-Keys-Total", Integer.toString(chosen.total()));
      head.add("X-CC-Relay-Keys-Available", Integer.toString(chosen.available()));
    }
  }

  /** The exchange; the pool hears of its answer. */
  Upstream.Call call(Upstream upstream, InstantSource clock) {
    Upstream.Call call = upstream.call(request);
    return key instanceof Choice.Chosen chosen ? new HeardCall(call, chosen, clock) : call;
  }
}
