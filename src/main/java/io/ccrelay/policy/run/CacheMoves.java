package io.ccrelay.policy.run;

import io.ccrelay.cache.Entry;
import io.ccrelay.cache.EntryFormat;
import io.ccrelay.http.CacheControl;
import io.ccrelay.http.Fields;
import io.ccrelay.policy.CachePolicy.DownstreamCaching;
import io.ccrelay.policy.CachePolicy.Lookup;
import io.ccrelay.policy.CachePolicy.Store;
import io.ccrelay.policy.EffectivePolicy;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** {@code cache-lookup} and {@code cache-store}: whole responses. */
final class CacheMoves {

  /** Fields by which a caller would get less than a whole response of the backend. */
  private static final Set<String> REMOVED_ON_MISS =
      Set.of(
          "cache-control",
          "pragma",
          "if-match",
          "if-none-match",
          "if-modified-since",
          "if-unmodified-since",
          "if-range",
          "range");

  private static final String SOURCE = "cache-lookup";

  private final EffectivePolicy policy;
  private final Conversation conversation;
  private final Values values;

  CacheMoves(EffectivePolicy policy, Conversation conversation, Values values) {
    this.policy = policy;
    this.conversation = conversation;
    this.values = values;
  }

  Move lookup(Lookup statement) {
    String key = ResponseKey.of(statement, conversation, values);
    var slot = new Slot(Keys.of("response", key), statement.cachingType());
    var lookup =
        new ResponseLookup(
            slot,
            isAllowed(statement),
            values.of(statement.downstreamCachingType()),
            values.of(statement.mustRevalidate()));
    conversation.lookup(lookup);
    if (!lookup.allowed() || policy.afterStore().isEmpty() || callerWantsFresh()) {
      conversation.trace(SOURCE, "The cache is not looked at for this request.");
      return Move.NEXT;
    }
    conversation.trace(SOURCE, "Using cache '" + statement.cachingType().token() + "'.");
    return new Move.Ask(
        new Effect.Read(slot),
        answer ->
            answer instanceof Answer.Found(var bytes) && bytes.isPresent()
                ? EntryFormat.decode(bytes.get())
                    .map(entry -> hit(entry, lookup))
                    .orElseGet(() -> miss(key))
                : miss(key));
  }

  private boolean isAllowed(Lookup statement) {
    Request request = conversation.request();
    return conversation.profile().methods().stream()
            .anyMatch(method -> method.token().equals(request.method()))
        && (!request.headers().has("Authorization")
            || values.of(statement.allowPrivateResponseCaching()));
  }

  private boolean callerWantsFresh() {
    var asked = CacheControl.ofRequest(conversation.request().headers());
    return conversation.profile().honourRequestCacheControl()
        && (asked.noCache() || asked.noStore());
  }

  private Move miss(String key) {
    Request request = conversation.request();
    conversation.trace(SOURCE, "Cache lookup resulted in a miss. Cache key: " + key);
    request.headers(
        request.headers().without(line -> REMOVED_ON_MISS.contains(lower(line.name()))));
    return Move.NEXT;
  }

  private Move hit(Entry entry, ResponseLookup lookup) {
    conversation.trace(
        SOURCE,
        "Cached response will be used. Processing will continue from the step in the response"
            + " pipeline that is after the corresponding cache-store.");
    Response response = ValueFormat.response(entry);
    conversation.hit(response);
    Duration age = entry.age(conversation.now());
    Duration left = entry.ttl(conversation.now());
    Fields aged = response.headers().with("Age", String.valueOf(age.toSeconds()));
    response.headers(downstream(lookup, left.isNegative() ? Duration.ZERO : left, aged));
    return new Move.ToOutbound(policy.afterStore().orElseThrow());
  }

  Move store(Store statement) {
    Optional<ResponseLookup> made = conversation.lookup().filter(ResponseLookup::allowed);
    int seconds = values.of(statement.duration());
    boolean anyStatus = values.of(statement.cacheResponse());
    Response response = conversation.response();
    if (made.isEmpty() || seconds <= 0 || !isStorable(response, anyStatus)) {
      conversation.trace("cache-store", "The response is not stored.");
      return Move.NEXT;
    }
    conversation.trace(
        "cache-store",
        "Response will be buffered during streaming and stored in the cache after it is received"
            + " in full.");
    Duration ttl = Duration.ofSeconds(seconds);
    var bytes = EntryFormat.encode(ValueFormat.entry(response, conversation.now(), ttl));
    response.headers(downstream(made.get(), ttl, response.headers()));
    return Move.done(new Effect.Write(made.get().slot(), bytes, ttl));
  }

  private boolean isStorable(Response response, boolean anyStatus) {
    return !conversation.hit()
        && !conversation.request().method().equals("HEAD")
        && response.onItsWay().isEmpty()
        && (anyStatus || response.statusCode() == 200)
        && response.held().size() <= conversation.surroundings().limits().maxStoredBytes()
        && !(conversation.profile().respectBackendCacheControl() && isRefused(response));
  }

  private static boolean isRefused(Response response) {
    var told = CacheControl.ofResponse(response.headers());
    return told.noStore() || told.isPrivate() || response.headers().has("Set-Cookie");
  }

  /** Before outbound begins: caches behind the relay keep nothing unless told otherwise. */
  void tellDownstream() {
    conversation
        .lookup()
        .filter(lookup -> lookup.downstream() == DownstreamCaching.NONE)
        .ifPresent(lookup -> {
          Response response = conversation.response();
          response.headers(downstream(lookup, Duration.ZERO, response.headers()));
        });
  }

  private static Fields downstream(ResponseLookup lookup, Duration left, Fields fields) {
    Fields bare = fields.without(line -> line.is("Cache-Control") || line.is("Expires"));
    return bare.plus("Cache-Control", directives(lookup, left));
  }

  private static String directives(ResponseLookup lookup, Duration left) {
    String revalidate = lookup.mustRevalidate() ? ", must-revalidate" : "";
    return switch (lookup.downstream()) {
      case NONE -> "no-store";
      case PRIVATE -> "private" + revalidate + ", max-age=" + left.toSeconds();
      case PUBLIC -> "public" + revalidate + ", max-age=" + left.toSeconds();
    };
  }

  static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
