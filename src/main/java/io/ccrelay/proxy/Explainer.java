package io.ccrelay.proxy;

import io.ccrelay.cache.Cache;
import io.ccrelay.cache.CacheOutcome;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Lookup;
import io.ccrelay.llm.CacheUse;
import io.ccrelay.llm.ChatRequest;
import io.ccrelay.llm.EntryFit;
import io.ccrelay.llm.ExplainRequest;
import io.ccrelay.llm.Explanation;
import io.ccrelay.llm.Recipe;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Objects;
import java.util.Optional;

/**
 * Tells how a request would be answered, without answering it: by the same decisions, in the same
 * order. Confined to the context that made it; what takes long is done on workers.
 */
public final class Explainer {

  private final Vertx vertx;
  private final ProxyParts parts;
  private final Cache cache;
  private final Understanding understanding;

  /** An explainer of what the verticles of {@code parts} do. */
  public Explainer(Vertx vertx, ProxyParts parts) {
    this.vertx = vertx;
    this.parts = parts;
    this.cache = parts.cache().get();
    this.understanding = new Understanding(parts.scopeSecret(), new UpstreamRequests(parts.keys()));
  }

  /** Explains {@code request}. */
  public Future<Explanation> explain(ExplainRequest request) {
    return switch (Arrivals.of(request, parts.settings().get())) {
      case Arrivals.Nowhere(String reason) -> Future.succeededFuture(Explanation.never(reason));
      case Arrivals.At(var arrival) -> understood(arrival, request).compose(this::explain);
    };
  }

  private Future<LlmCall> understood(Understanding.Arrival arrival, ExplainRequest request) {
    Recipe recipe = Recipe.of(arrival.settings().responses().ignore());
    return vertx
        .executeBlocking(() -> ChatRequest.parse(arrival.route(), request.body(), recipe), false)
        .map(parsed -> understanding.of(arrival, request.body(), Objects.requireNonNull(parsed)));
  }

  private Future<Explanation> explain(LlmCall call) {
    return switch (call.use()) {
      case CacheUse.Bypass(var reason) ->
          Future.succeededFuture(
              new Explanation(
                  CacheOutcome.BYPASS,
                  reason.token(),
                  Optional.empty(),
                  call.request().ignored(),
                  Optional.empty()));
      case CacheUse.Use use when !use.read() -> unread(call, "request");
      case CacheUse.Use _ -> cache.lookup(call.key()).compose(found -> lookedUp(call, found));
    };
  }

  private Future<Explanation> lookedUp(LlmCall call, Lookup found) {
    return switch (found) {
      case Lookup.Hit(Entry entry) -> weighed(call, entry);
      case Lookup.Unavailable(var reason) -> unread(call, reason.token());
      case Lookup.Miss _ -> unread(call, "").compose(told -> answered(call, told));
    };
  }

  private Future<Explanation> weighed(LlmCall call, Entry entry) {
    return switch (EntryFit.of(entry, call.controls(), call.options(), parts.clock().instant())) {
      case EntryFit.Serves(boolean stale, var refresh) ->
          told(call, stale ? CacheOutcome.STALE : CacheOutcome.HIT, "", Optional.empty());
      case EntryFit.Covers _ -> told(call, CacheOutcome.MISS, "stale", Optional.empty());
      case EntryFit.Unfit(String reason) ->
          told(call, CacheOutcome.MISS, reason, Optional.empty())
              .compose(told -> answered(call, told));
    };
  }

  private Future<Explanation> unread(LlmCall call, String reason) {
    return vertx
        .executeBlocking(() -> parts.kept().nearest(call.parts()), false)
        .compose(nearest -> told(call, CacheOutcome.MISS, reason, Objects.requireNonNull(nearest)));
  }

  /**
   * What was {@code told} of a miss, with the answer to a similar question if that is asked for.
   */
  private Future<Explanation> answered(LlmCall call, Explanation told) {
    return parts
        .semantic()
        .get()
        .filter(_ -> !call.controls().onlyIfCached())
        .map(semantic -> SimilarQuestion.explain(semantic, call).map(told::with))
        .orElseGet(() -> Future.succeededFuture(told));
  }

  private static Future<Explanation> told(
      LlmCall call, CacheOutcome outcome, String reason, Optional<Explanation.Nearest> nearest) {
    Optional<Key> key = Optional.of(call.key());
    return Future.succeededFuture(
        new Explanation(outcome, reason, key, call.request().ignored(), nearest));
  }
}
