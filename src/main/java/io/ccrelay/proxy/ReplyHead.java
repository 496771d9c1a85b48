package io.ccrelay.proxy;

import io.ccrelay.cache.CacheOutcome;
import io.ccrelay.http.Field;
import io.ccrelay.http.Fields;
import io.ccrelay.llm.Dialect;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The field lines the relay itself puts on an answer of an LLM route. Confined to one request.
 *
 * <p>Towards the client every successful answer says {@code Cache-Control: private, no-store}: only
 * this relay may keep it.
 */
final class ReplyHead {

  private static final CharSequence CACHE_STATUS = HttpHeaders.createOptimized("cache-status");
  private static final CharSequence X_CACHE = HttpHeaders.createOptimized("x-cc-relay-cache");
  private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("request-id");
  private static final CharSequence X_REQUEST_ID = HttpHeaders.createOptimized("x-request-id");
  private static final CharSequence PRIVATE = HttpHeaders.createOptimized("private, no-store");
  private static final CharSequence PRIVATE_AS_IS =
      HttpHeaders.createOptimized("private, no-store, no-transform");
  private static final CharSequence VARY_ON_CREDENTIALS =
      HttpHeaders.createOptimized("authorization, x-api-key");
  private static final CharSequence X_ACCEL = HttpHeaders.createOptimized("x-accel-buffering");
  private static final CharSequence JSON = HttpHeaders.createOptimized(MediaType.JSON);
  private static final CharSequence EVENT_STREAM =
      HttpHeaders.createOptimized(MediaType.EVENT_STREAM);
  private static final CharSequence NO = HttpHeaders.createOptimized("no");

  private static final Map<CacheOutcome, AsciiString> TOKENS = tokens();

  private final AsciiString requestId;
  private final boolean named;
  private final Dialect dialect;
  private List<Field> extra = List.of();

  ReplyHead(RequestIds.Name name, Dialect dialect) {
    this.requestId = name.text();
    this.named = name.given();
    this.dialect = dialect;
  }

  String requestId() {
    return requestId.toString();
  }

  /** Whether the client gave the request its id and gets the same for the same. */
  boolean isNamedByClient() {
    return named;
  }

  Dialect dialect() {
    return dialect;
  }

  /** One more line on every answer from here on. */
  void add(String name, String value) {
    if (extra.isEmpty()) {
      extra = new ArrayList<>(4);
    }
    extra.add(new Field(name, value));
  }

  /** The head of an answer that came from upstream just now: its fields untouched, ours beside. */
  void forwarded(
      HttpServerResponse response,
      int status,
      Fields fields,
      CacheOutcome outcome,
      String cacheStatus) {
    response.setStatusCode(status);
    MultiMap headers = response.headers();
    for (Field line : fields) {
      headers.add(line.name(), line.value());
    }
    if (status < 300) {
      privateToTheClient(headers, MediaType.isEventStream(fields));
    }
    own(headers, outcome, cacheStatus);
  }

  /**
   * The head of an answer that is passed on as it comes, sent at once. An HTTP/1.0 client gets it
   * with the first bytes, since its body ends with the connection.
   *
   * @param growing whether the relay may put something in, so that no length holds
   */
  void begun(
      HttpServerResponse response,
      int status,
      Fields fields,
      boolean growing,
      CacheOutcome outcome,
      String cacheStatus) {
    forwarded(response, status, fields, outcome, cacheStatus);
    if (growing) {
      response.headers().remove(HttpHeaders.CONTENT_LENGTH);
    }
    boolean measured = response.headers().contains(HttpHeaders.CONTENT_LENGTH);
    response.setChunked(!measured);
    if (measured || response.isChunked()) {
      var _ = response.writeHead();
    }
  }

  /**
   * The head of an answer made from an entry, whose fields hold none of those set here but the
   * media type. Lines are added, not set: this is the way of every hit.
   */
  void replayed(
      HttpServerResponse response,
      int status,
      Fields fields,
      boolean eventStream,
      CacheOutcome outcome,
      CharSequence cacheStatus,
      WireText wire) {
    response.setStatusCode(status);
    MultiMap headers = response.headers();
    headers.add(HttpHeaders.CONTENT_TYPE, eventStream ? EVENT_STREAM : JSON);
    for (Field line : fields) {
      if (!line.is("content-type")) {
        headers.add(wire.name(line.name()), wire.value(line.value()));
      }
    }
    headers.add(HttpHeaders.CACHE_CONTROL, eventStream ? PRIVATE_AS_IS : PRIVATE);
    headers.add(HttpHeaders.VARY, VARY_ON_CREDENTIALS);
    if (eventStream) {
      headers.add(X_ACCEL, NO);
    }
    if (dialect == Dialect.ANTHROPIC) {
      headers.add(REQUEST_ID, requestId);
    }
    headers.add(X_REQUEST_ID, requestId);
    headers.add(CACHE_STATUS, cacheStatus);
    headers.add(X_CACHE, token(outcome));
    addExtra(headers);
  }

  /** What the relay adds to an answer that the cache has no part in. */
  void passed(HttpServerResponse response) {
    own(response.headers(), CacheOutcome.BYPASS, "cc-relay; fwd=bypass");
  }

  /** The head of an answer the relay makes up itself, because of {@code token}. */
  void made(HttpServerResponse response, int status, CacheOutcome outcome, String token) {
    response.setStatusCode(status);
    MultiMap headers = response.headers();
    headers.set(HttpHeaders.CONTENT_TYPE, MediaType.JSON);
    headers.set(X_REQUEST_ID, requestId);
    headers.set(CACHE_STATUS, "cc-relay; detail=" + token);
    headers.set(X_CACHE, token(outcome));
    addExtra(headers);
  }

  private void privateToTheClient(MultiMap headers, boolean eventStream) {
    headers.set(HttpHeaders.CACHE_CONTROL, eventStream ? PRIVATE_AS_IS : PRIVATE);
    headers.add(HttpHeaders.VARY, VARY_ON_CREDENTIALS);
    if (eventStream) {
      headers.set(X_ACCEL, NO);
    }
  }

  private void own(MultiMap headers, CacheOutcome outcome, String cacheStatus) {
    headers.set(X_REQUEST_ID, requestId);
    headers.add(CACHE_STATUS, cacheStatus);
    headers.set(X_CACHE, token(outcome));
    addExtra(headers);
  }

  private static AsciiString token(CacheOutcome outcome) {
    return Objects.requireNonNull(TOKENS.get(outcome));
  }

  private static Map<CacheOutcome, AsciiString> tokens() {
    var tokens = new EnumMap<CacheOutcome, AsciiString>(CacheOutcome.class);
    for (var outcome : CacheOutcome.values()) {
      tokens.put(outcome, new AsciiString(outcome.token()));
    }
    return tokens;
  }

  private void addExtra(MultiMap headers) {
    for (Field line : extra) {
      headers.set(line.name(), line.value());
    }
  }
}
