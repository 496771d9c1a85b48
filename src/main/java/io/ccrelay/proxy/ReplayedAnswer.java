package io.ccrelay.proxy;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Cache;
import io.ccrelay.cache.CacheOutcome;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Lookup;
import io.ccrelay.http.Age;
import io.ccrelay.llm.ReplayGuard;
import io.ccrelay.llm.ResponsesOptions.UsageOnHit;
import io.ccrelay.llm.UsageZero;
import io.ccrelay.llm.sse.StreamUsage;
import io.ccrelay.llm.sse.WireForm;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Answers from entries. An entry is sent as it is stored at once; one that has to be brought into
 * another form is {@linkplain Offload#rewriting rewritten} first. Confined to one context.
 */
final class ReplayedAnswer {

  private static final CharSequence AGE = HttpHeaders.createOptimized("age");
  private static final CharSequence SAVED_INPUT =
      HttpHeaders.createOptimized("x-cc-relay-saved-input-tokens");
  private static final CharSequence SAVED_OUTPUT =
      HttpHeaders.createOptimized("x-cc-relay-saved-output-tokens");

  private static final Future<Boolean> SERVED = Future.succeededFuture(true);
  private static final Future<Boolean> UNFIT = Future.succeededFuture(false);

  private final Offload offload;
  private final Cache cache;
  private final HotBodies hot = new HotBodies();
  private final WireText wire = new WireText();
  private final FieldNumbers numbers = new FieldNumbers("", "");
  private final FieldNumbers hits = new FieldNumbers("cc-relay; hit; ttl=", "");
  private final FieldNumbers similarities =
      new FieldNumbers("cc-relay; hit; ttl=", "; detail=semantic");

  /** Answers from the entries of {@code cache}. */
  ReplayedAnswer(Offload offload, Cache cache) {
    this.offload = offload;
    this.cache = cache;
  }

  /**
   * Sends {@code entry} in the wire form that {@code call} wants. Gives false, with nothing sent,
   * if the entry cannot serve this request; never fails. A client that left meanwhile is served.
   *
   * @param now when the entry was found to serve: age and remaining freshness are told as of then
   */
  Future<Boolean> send(
      LlmReply reply, LlmCall call, Entry entry, CacheOutcome outcome, Instant now) {
    if (!call.request().toolIds().isEmpty()
        && ReplayGuard.repeats(toolIds(entry), call.request().toolIds())) {
      return UNFIT;
    }
    if (isAsStored(call, entry)) {
      return write(reply, call, entry, entry.body(), outcome, now);
    }
    return offload
        .rewriting(entry.body().size(), () -> rewritten(call, entry))
        .otherwise(Optional.empty())
        .compose(
            body -> body.isEmpty() ? UNFIT : write(reply, call, entry, body.get(), outcome, now));
  }

  private static boolean isAsStored(LlmCall call, Entry entry) {
    return call.options().usageOnHit() == UsageOnHit.VERBATIM
        && WireForm.isAsStored(entry.form(), call.route(), call.wantsStream());
  }

  private static Optional<Bytes> rewritten(LlmCall call, Entry entry) {
    return WireForm.serve(
            entry.form(),
            entry.body(),
            call.route(),
            call.wantsStream(),
            call.request().includeUsage())
        .map(body -> withUsage(call, body));
  }

  private Future<Boolean> write(
      LlmReply reply, LlmCall call, Entry entry, Bytes body, CacheOutcome outcome, Instant now) {
    if (reply.isOver()) {
      reply.abandoned(outcome);
    } else {
      replay(reply, call, entry, body, outcome, now);
    }
    return SERVED;
  }

  private void replay(
      LlmReply reply, LlmCall call, Entry entry, Bytes body, CacheOutcome outcome, Instant now) {
    HttpServerResponse response = reply.response();
    reply
        .head()
        .replayed(
            response,
            entry.status(),
            entry.fields(),
            call.wantsStream(),
            outcome,
            status(call, outcome, entry.ttl(now).toSeconds()),
            wire);
    MultiMap headers = response.headers();
    headers.add(AGE, numbers.of(entry.age(now).toSeconds()));
    headers.add(SAVED_INPUT, numbers.of(entry.usage().inputTokens()));
    headers.add(SAVED_OUTPUT, numbers.of(entry.usage().outputTokens()));
    reply.saved(entry.usage());
    if (outcome == CacheOutcome.HIT) {
      Instant until = Age.toldUntil(now, entry.age(now), entry.ttl(now));
      Key key = call.key();
      reply.repeatable(outcome, until, () -> holds(key, entry));
    }
    WholeBody.send(reply.vertx(), response, body, hot::view, () -> reply.answered(outcome));
  }

  @SuppressWarnings("ReferenceEquality") // the entry itself, not one stored since that is equal
  private Future<Boolean> holds(Key key, Entry entry) {
    return cache.lookup(key).map(found -> found instanceof Lookup.Hit hit && hit.entry() == entry);
  }

  private CharSequence status(LlmCall call, CacheOutcome outcome, long ttl) {
    return switch (outcome) {
      case COALESCED -> call.collapsedStatus();
      case SEMANTIC -> similarities.of(ttl);
      case HIT, MISS, STALE, BYPASS -> hits.of(ttl);
    };
  }

  private static Bytes withUsage(LlmCall call, Bytes body) {
    if (call.options().usageOnHit() == UsageOnHit.VERBATIM) {
      return body;
    }
    return call.wantsStream() ? StreamUsage.zero(call.route(), body) : UsageZero.apply(body);
  }

  private static List<String> toolIds(Entry entry) {
    String ids = entry.attributes().get(StoreTerms.TOOL_IDS);
    return ids == null ? List.of() : List.of(ids.split(","));
  }
}
