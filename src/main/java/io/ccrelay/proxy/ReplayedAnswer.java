package io.ccrelay.proxy;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.CacheOutcome;
import io.ccrelay.cache.Entry;
import io.ccrelay.llm.ReplayGuard;
import io.ccrelay.llm.ResponsesOptions.UsageOnHit;
import io.ccrelay.llm.UsageZero;
import io.ccrelay.llm.sse.StreamUsage;
import io.ccrelay.llm.sse.WireForm;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Answers from entries. Confined to one context. */
final class ReplayedAnswer {

  private static final CharSequence AGE = HttpHeaders.createOptimized("age");
  private static final CharSequence SAVED_INPUT =
      HttpHeaders.createOptimized("x-cc-relay-saved-input-tokens");
  private static final CharSequence SAVED_OUTPUT =
      HttpHeaders.createOptimized("x-cc-relay-saved-output-tokens");

  /** Turning an entry into the other wire form is done on the event loop: no more than this. */
  private static final int LARGEST_CONVERTED = 2 << 20;

  private final InstantSource clock;

  ReplayedAnswer(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Sends {@code entry} in the wire form that {@code call} wants.
   *
   * @return false, with nothing sent, if the entry cannot serve this request
   */
  boolean send(LlmReply reply, LlmCall call, Entry entry, CacheOutcome outcome) {
    if (reply.isOver()) {
      return true;
    }
    boolean converts = call.wantsStream() != (entry.form() == Entry.Form.EVENT_STREAM);
    if (converts && entry.body().size() > LARGEST_CONVERTED) {
      return false;
    }
    if (!call.request().toolIds().isEmpty()
        && ReplayGuard.repeats(toolIds(entry), call.request().toolIds())) {
      return false;
    }
    Optional<Bytes> body =
        WireForm.serve(
                entry.form(),
                entry.body(),
                call.route(),
                call.wantsStream(),
                call.request().includeUsage())
            .map(form -> withUsage(call, form));
    body.ifPresent(bytes -> write(reply, call, entry, bytes, outcome));
    return body.isPresent();
  }

  private void write(LlmReply reply, LlmCall call, Entry entry, Bytes body, CacheOutcome outcome) {
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
            outcome == CacheOutcome.COALESCED ? call.collapsedStatus() : hitStatus(entry.ttl(now)));
    response.headers().add(AGE, Long.toString(entry.age(now).toSeconds()));
    response.headers().add(SAVED_INPUT, Long.toString(entry.usage().inputTokens()));
    response.headers().add(SAVED_OUTPUT, Long.toString(entry.usage().outputTokens()));
    reply.saved(entry.usage());
    WholeBody.send(reply.vertx(), response, body, () -> reply.answered(outcome));
  }

  private static String hitStatus(Duration ttl) {
    return "cc-relay; hit; ttl=" + ttl.toSeconds();
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
