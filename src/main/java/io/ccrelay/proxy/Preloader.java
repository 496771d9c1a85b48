package io.ccrelay.proxy;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Cache;
import io.ccrelay.cache.Entry;
import io.ccrelay.llm.CacheUse;
import io.ccrelay.llm.ChatRequest;
import io.ccrelay.llm.ExplainRequest;
import io.ccrelay.llm.PassReason;
import io.ccrelay.llm.Preload;
import io.ccrelay.llm.Preload.Outcome;
import io.ccrelay.llm.Recipe;
import io.ccrelay.llm.RequestParts;
import io.ccrelay.llm.Verdict;
import io.ccrelay.llm.sse.Recording;
import io.ccrelay.upstream.GivenAnswer;
import io.ccrelay.upstream.Upstream;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Stores given answers where requests will look for them: key, lifetime and judgement are those of
 * an answer that an upstream sent. Confined to the context that made it; bodies are read on
 * workers.
 */
public final class Preloader {

  private final Vertx vertx;
  private final ProxyParts parts;
  private final Cache cache;
  private final Understanding understanding;

  /** Stores what the verticles of {@code parts} will find. */
  public Preloader(Vertx vertx, ProxyParts parts) {
    this.vertx = vertx;
    this.parts = parts;
    this.cache = parts.cache().get();
    this.understanding = new Understanding(parts.scopeSecret(), new UpstreamRequests(parts.keys()));
  }

  /** Stores the answer of {@code preload}, or tells why it will not. */
  public Future<Outcome> preload(Preload preload) {
    ExplainRequest request = preload.request();
    return switch (Arrivals.of(request, parts.settings().get())) {
      case Arrivals.Nowhere(String reason) -> refused(reason);
      case Arrivals.At(var arrival) -> {
        Recipe recipe = Recipe.of(arrival.settings().responses().ignore());
        yield vertx
            .executeBlocking(
                () -> ChatRequest.parse(arrival.route(), request.body(), recipe), false)
            .map(
                parsed -> understanding.of(arrival, request.body(), Objects.requireNonNull(parsed)))
            .compose(call -> preload(call, preload));
      }
    };
  }

  private Future<Outcome> preload(LlmCall call, Preload preload) {
    if (call.use() instanceof CacheUse.Bypass(var reason)) {
      return refused(reason.token());
    }
    StoreTerms terms = call.order().terms();
    if (preload.body().size() > terms.maxEntryBytes()) {
      return refused(PassReason.TOO_LARGE.token());
    }
    var answer = new GivenAnswer(preload.status(), preload.fields(), Buffers.view(preload.body()));
    return vertx
        .executeBlocking(() -> judge(terms, answer, preload.body(), call.parts()), false)
        .compose(judged -> keep(call, Objects.requireNonNull(judged)));
  }

  /** What is to be stored, or why nothing is. */
  private sealed interface Judged {
    record Fit(Entry entry, RequestParts parts) implements Judged {}

    record Unfit(PassReason reason) implements Judged {}
  }

  private Judged judge(StoreTerms terms, Upstream.Answer answer, Bytes body, RequestParts asked) {
    if (!MediaType.isEventStream(answer.fields())) {
      return judged(terms, answer, Entry.Form.JSON, body, terms.judgeWhole(answer, body), asked);
    }
    Optional<PassReason> refusal = terms.streamRefusal(answer);
    if (refusal.isPresent()) {
      return new Judged.Unfit(refusal.get());
    }
    var recorder = terms.recorder(answer).orElseThrow();
    recorder.feed(body);
    return switch (recorder.finish()) {
      case Recording.Incomplete(PassReason reason) -> new Judged.Unfit(reason);
      case Recording.Complete(Bytes whole, var facts) ->
          judged(terms, answer, Entry.Form.EVENT_STREAM, whole, terms.judgeStream(facts), asked);
    };
  }

  private Judged judged(
      StoreTerms terms,
      Upstream.Answer answer,
      Entry.Form form,
      Bytes body,
      Verdict verdict,
      RequestParts asked) {
    Instant now = parts.clock().instant();
    return switch (verdict) {
      case Verdict.Pass(PassReason reason) -> new Judged.Unfit(reason);
      case Verdict.Keep keep ->
          new Judged.Fit(
              terms.entry(answer, form, body, keep, asked, cache.purges().beginning(now), now),
              asked);
    };
  }

  private Future<Outcome> keep(LlmCall call, Judged judged) {
    return switch (judged) {
      case Judged.Unfit(PassReason reason) -> refused(reason.token());
      case Judged.Fit(Entry entry, RequestParts asked) ->
          cache
              .keep(call.key(), entry)
              .map(kept -> {
                if (kept) {
                  parts.kept().kept(call.key(), asked);
                }
                return kept ? new Outcome.Stored(call.key()) : new Outcome.Refused("cache-error");
              });
    };
  }

  private static Future<Outcome> refused(String reason) {
    return Future.succeededFuture(new Outcome.Refused(reason));
  }
}
