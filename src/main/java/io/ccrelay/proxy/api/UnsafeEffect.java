package io.ccrelay.proxy.api;

import io.ccrelay.http.CacheStatus;
import io.ccrelay.http.Exchange;
import io.ccrelay.http.ForwardReason;
import io.ccrelay.http.Invalidation;
import io.ccrelay.upstream.Upstream.Answer;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * What a request other than GET and HEAD changes in the cache: what it makes void goes (RFC 9111
 * section 4.4), and the answer to a POST that says which target it represents is stored for GET
 * (RFC 9110 section 9.3.3). Confined to one context.
 */
record UnsafeEffect(Api.Cached cached, Target target, InstantSource clock)
    implements WriteThrough.Effect {

  @Override
  public Future<WriteThrough.Outcome> of(Answer answer, Instant requestTime) {
    var seen =
        new Exchange(
            target.request(), answer.status(), answer.fields(), requestTime, clock.instant());
    var voided =
        Invalidation.targets(target.request(), answer.status(), answer.fields()).stream()
            .map(key -> cached.store().invalidate(target.keyOf(key)))
            .toList();
    return Future.join(voided).map(done -> outcome(answer, seen));
  }

  private WriteThrough.Outcome outcome(Answer answer, Exchange seen) {
    var status = CacheStatus.forward(ForwardReason.METHOD);
    return Recording.decide(answer, seen, cached.options())
            instanceof Recording.Decision.Keep(var variant)
        ? new WriteThrough.Outcome(
            new RecordedAnswer(
                answer,
                new Recording(variant, cached.options().maxEntryBytes(), answer.length()),
                keeper(clock.instant().plusNanos(1))),
            status.stored(true))
        : new WriteThrough.Outcome(answer, status);
  }

  /** Stores unless the target is made void after {@code since}: after what this POST itself did. */
  private Consumer<Recording.Complete> keeper(Instant since) {
    return complete -> {
      var _ = cached.store().keep(target, complete.variant(), complete.content(), since);
    };
  }
}
