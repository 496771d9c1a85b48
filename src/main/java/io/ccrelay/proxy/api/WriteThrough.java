package io.ccrelay.proxy.api;

import io.ccrelay.http.CacheStatus;
import io.ccrelay.http.Fields;
import io.ccrelay.http.HttpDate;
import io.ccrelay.upstream.Upstream;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Backends whose answers are passed on and not stored: before one goes on, what it makes void is
 * dropped, so that whoever hears of a change does not find the old content afterwards. Confined to
 * one context.
 */
record WriteThrough(Upstream backends, InstantSource clock, CacheStatus status, Effect effect)
    implements Upstream {

  /** What an answer changes in the cache. */
  @FunctionalInterface
  interface Effect {

    /** Completes, successfully, once the change is made. */
    Future<Void> of(int status, Fields fields);
  }

  @Override
  public Call call(Request request) {
    Call call = backends.call(request);
    return new Call() {
      @Override
      public Call onEarlyHints(Consumer<Fields> hints) {
        var _ = call.onEarlyHints(hints);
        return this;
      }

      @Override
      public Future<Answer> send() {
        return call.send().compose(WriteThrough.this::passed);
      }

      @Override
      public void cancel() {
        call.cancel();
      }
    };
  }

  private Future<Upstream.Answer> passed(Answer answer) {
    Fields dated = HttpDate.stamp(answer.fields(), clock.instant());
    Fields marked = status.appendTo(ForwardedFields.via(dated), ForwardedFields.NAME);
    return effect
        .of(answer.status(), answer.fields())
        .map(done -> new MarkedAnswer(answer, marked));
  }
}
