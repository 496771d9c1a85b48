package io.ccrelay.proxy.api;

import io.ccrelay.cache.Bytes;
import io.ccrelay.http.Exchange;
import io.ccrelay.http.StorePlan;
import io.ccrelay.http.StoredResponse;
import io.ccrelay.http.Variant;
import io.ccrelay.proxy.ApiOptions.Caching;
import io.ccrelay.proxy.Buffers;
import io.ccrelay.upstream.Upstream;
import io.vertx.core.buffer.Buffer;
import java.util.Locale;
import java.util.Optional;

/** The content of an answer that is to be stored once it is complete. Confined to one context. */
final class Recording {

  private static final int FIRST_ROOM = 64 << 10;

  private final Variant variant;
  private final long most;
  private final Buffer content;

  /** Whether an answer is recorded. */
  sealed interface Decision {

    /** It is. */
    record Keep(Variant variant) implements Decision {}

    /** It is not, because of {@code token}. */
    record Pass(String token) implements Decision {}
  }

  /** An answer and its content, both complete. */
  record Complete(Variant variant, Bytes content) {}

  /**
   * Content of {@code variant} to come.
   *
   * @param most largest content kept
   * @param announced its length, if the origin said it
   */
  Recording(Variant variant, long most, Optional<Long> announced) {
    this.variant = variant;
    this.most = most;
    this.content = Buffer.buffer((int) Math.min(FIRST_ROOM, announced.orElse(0L)));
  }

  /**
   * What becomes of {@code answer}. Beside the rules of RFC 9111: no content whose end cannot be
   * told from its breaking off, and no stream of events, which has no end to speak of.
   */
  static Decision decide(Upstream.Answer answer, Exchange exchange, Caching options) {
    return switch (StorePlan.of(exchange, options.rules())) {
      case StorePlan.Pass(var reason) -> new Decision.Pass(reason.token());
      case StorePlan.Keep(Variant variant) ->
          unfit(answer, options)
              .<Decision>map(Decision.Pass::new)
              .orElseGet(() -> new Decision.Keep(variant));
    };
  }

  private static Optional<String> unfit(Upstream.Answer answer, Caching options) {
    if (answer.closeDelimited()) {
      return Optional.of("close-delimited");
    }
    if (isEventStream(answer)) {
      return Optional.of("event-stream");
    }
    boolean tooLarge = answer.length().orElse(0L) > options.maxEntryBytes();
    return tooLarge ? Optional.of("too-large") : Optional.empty();
  }

  private static boolean isEventStream(Upstream.Answer answer) {
    return answer
        .fields()
        .first("content-type")
        .filter(type -> type.strip().toLowerCase(Locale.ROOT).startsWith("text/event-stream"))
        .isPresent();
  }

  /** Adds {@code chunk}; false if there is more than is kept. */
  boolean add(Buffer chunk) {
    if (content.length() + (long) chunk.length() > most) {
      return false;
    }
    content.appendBuffer(chunk);
    return true;
  }

  /** The whole; empty if less arrived than was announced (RFC 9111 section 3.3). */
  Optional<Complete> complete() {
    StoredResponse whole = variant.response().withLength(content.length());
    var complete =
        new Variant(whole, variant.freshness(), variant.vary(), variant.selector(), variant.date());
    return whole.isComplete()
        ? Optional.of(new Complete(complete, Buffers.owned(content)))
        : Optional.empty();
  }
}
