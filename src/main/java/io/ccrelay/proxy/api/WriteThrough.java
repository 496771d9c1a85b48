package io.ccrelay.proxy.api;

import io.ccrelay.http.CacheStatus;
import io.ccrelay.http.Fields;
import io.ccrelay.http.HttpDate;
import io.ccrelay.upstream.Upstream;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Backends whose answers change what is stored before they go on, so that whoever hears of a change
 * does not find the old content afterwards. Confined to one context.
 */
record WriteThrough(Upstream backends, InstantSource clock, Effect effect) implements Upstream {

  /** What an answer changes in the cache. */
  @FunctionalInterface
  interface Effect {

    /** Completes with what to send, once the change is made; never fails. */
    Future<Outcome> of(Answer answer, Instant requestTime);
  }

  /**
   * What is sent.
   *
   * @param answer the answer
   * @param status what {@code Cache-Status} says of it
   */
  record Outcome(Answer answer, CacheStatus status) {}

  @Override
  public Call call(Request request) {
    Call call = backends.call(request);
    return new Call() {
      @Override
      public Call onInterim(Interim receiver) {
        var _ = call.onInterim(receiver);
        return this;
      }

      @Override
      public Future<Answer> send() {
        Instant requestTime = clock.instant();
        return call.send()
            .compose(answer -> effect.of(answer, requestTime))
            .map(WriteThrough.this::marked);
      }

      @Override
      public void cancel() {
        call.cancel();
      }
    };
  }

  private Answer marked(Outcome outcome) {
    Fields dated = HttpDate.stamp(outcome.answer().fields(), clock.instant());
    return new MarkedAnswer(
        outcome.answer(),
        outcome.status().appendTo(ForwardedFields.via(dated), ForwardedFields.NAME));
  }
}
