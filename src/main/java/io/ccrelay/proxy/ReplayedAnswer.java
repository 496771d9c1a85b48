package io.ccrelay.proxy;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.CacheOutcome;
import io.ccrelay.cache.Entry;
import io.ccrelay.llm.ReplayGuard;
import io.ccrelay.llm.ResponsesOptions.UsageOnHit;
import io.ccrelay.llm.UsageZero;
import io.ccrelay.llm.sse.StreamUsage;
import io.ccrelay.llm.sse.WireForm;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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

  private final InstantSource clock;
  private final Offload offload;

  ReplayedAnswer(InstantSource clock, Offload offload) {
    this.clock = clock;
    this.offload = offload;
  }

  /**
   * Sends {@code entry} in the wire form that {@code call} wants. Gives false, with nothing sent,
   * if the entry cannot serve this request; never fails. A client that left meanwhile is served.
   */
  Future<Boolean> send(LlmReply reply, LlmCall call, Entry entry, CacheOutcome outcome) {
    if (!call.request().toolIds().isEmpty()
        && ReplayGuard.repeats(toolIds(entry), call.request().toolIds())) {
      return UNFIT;
    }
    if (isAsStored(call, entry)) {
      return write(reply, call, entry, entry.body(), outcome);
    }
    return offload
        .rewriting(entry.body().size(), () -> rewritten(call, entry))
        .otherwise(Optional.empty())
        .compose(body -> body.isEmpty() ? UNFIT : write(reply, call, entry, body.get(), outcome));
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
      LlmReply reply, LlmCall call, Entry entry, Bytes body, CacheOutcome outcome) {
    if (reply.isOver()) {
      reply.abandoned(outcome);
    } else {
      replay(reply, call, entry, body, outcome);
    }
    return SERVED;
  }

  private void replay(LlmReply reply, LlmCall call, Entry entry, Bytes body, CacheOutcome outcome) {
    Instant now = clock.instant();
    HttpServerResponse response = reply.response();
    reply
        .head()
        .replayed(
            response,
            entry.status(),
            entry.fields(),
            call.wantsStream(),
            outcome,
            status(call, outcome, entry.ttl(now)));
    response.headers().add(AGE, Long.toString(entry.age(now).toSeconds()));
    response.headers().add(SAVED_INPUT, Long.toString(entry.usage().inputTokens()));
    response.headers().add(SAVED_OUTPUT, Long.toString(entry.usage().outputTokens()));
    reply.saved(entry.usage());
    WholeBody.send(reply.vertx(), response, body, () -> reply.answered(outcome));
  }

  private static String status(LlmCall call, CacheOutcome outcome, Duration ttl) {
    return switch (outcome) {
      case COALESCED -> call.collapsedStatus();
      case SEMANTIC -> "cc-relay; hit; ttl=" + ttl.toSeconds() + "; detail=semantic";
      case HIT, MISS, STALE, BYPASS -> "cc-relay; hit; ttl=" + ttl.toSeconds();
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
