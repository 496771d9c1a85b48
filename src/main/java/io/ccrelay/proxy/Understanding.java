package io.ccrelay.proxy;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.PurgeSelector;
import io.ccrelay.http.Fields;
import io.ccrelay.llm.BypassReason;
import io.ccrelay.llm.CacheControls;
import io.ccrelay.llm.CacheUse;
import io.ccrelay.llm.ChatRequest;
import io.ccrelay.llm.EffectiveRules;
import io.ccrelay.llm.KeyedFields;
import io.ccrelay.llm.Lifetimes;
import io.ccrelay.llm.ModelEdit;
import io.ccrelay.llm.Parsed;
import io.ccrelay.llm.RequestParts;
import io.ccrelay.llm.ResponsesOptions;
import io.ccrelay.llm.Route;
import io.ccrelay.llm.Scope;
import io.ccrelay.llm.ScopeHasher;
import io.ccrelay.upstream.ProviderOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Makes an {@link LlmCall} of a request: what it asks, under which key its answer is, how the cache
 * is used, and what goes upstream. Confined to one context.
 */
final class Understanding {

  private static final Key NO_KEY = Key.of("");

  /**
   * A request as it arrived, and who will answer it.
   *
   * @param target path and query as in the request line
   * @param query the query alone, empty if there is none
   */
  record Arrival(
      Route route,
      String target,
      String query,
      Fields fields,
      ProxySettings settings,
      ProviderOptions provider) {}

  private final Supplier<Bytes> secret;
  private final UpstreamRequests requests;
  private final KeyedFields keyedFields = new KeyedFields();

  private Bytes secretInUse;
  private ScopeHasher hasher;

  /**
   * Understands with credentials hidden under {@code secret}, which may be replaced by another
   * while relays of a cluster agree on theirs.
   */
  Understanding(Supplier<Bytes> secret, UpstreamRequests requests) {
    this.requests = requests;
    this.secret = secret;
    this.secretInUse = secret.get();
    this.hasher = new ScopeHasher(secretInUse);
  }

  private ScopeHasher hasher() {
    Bytes now = secret.get();
    if (!now.equals(secretInUse)) {
      secretInUse = now;
      hasher = new ScopeHasher(now);
    }
    return hasher;
  }

  /** Understands a request with {@code body}. */
  LlmCall of(Arrival arrival, Bytes body, Parsed parsed) {
    var controls = CacheControls.of(arrival.fields());
    if (MediaType.isEncoded(arrival.fields())) {
      return opaque(arrival, body, BypassReason.ENCODED, controls);
    }
    return switch (parsed) {
      case Parsed.Unreadable(BypassReason reason) -> opaque(arrival, body, reason, controls);
      case Parsed.Understood(ChatRequest request) -> readable(arrival, body, request, controls);
    };
  }

  /** A body the relay cannot read: forwarded as it is, for the provider to judge. */
  private LlmCall opaque(Arrival arrival, Bytes body, BypassReason reason, CacheControls controls) {
    ResponsesOptions options = arrival.settings().responses();
    var terms =
        new StoreTerms(
            NO_KEY,
            arrival.route(),
            false,
            options,
            Duration.ZERO,
            Duration.ZERO,
            List.of(),
            Map.of());
    return new LlmCall(
        arrival.route(),
        ChatRequest.unknown(),
        controls,
        options,
        new CacheUse.Bypass(reason),
        NO_KEY,
        Bytes.empty(),
        () -> new FetchOrder(requests.of(arrival, body), terms, RequestParts::none),
        RequestParts::none,
        () -> Meaning.NONE);
  }

  private LlmCall readable(
      Arrival arrival, Bytes body, ChatRequest request, CacheControls controls) {
    String model = request.model().orElse("");
    String mapped = arrival.provider().mapped(model);
    ResponsesOptions options =
        EffectiveRules.of(
            arrival.settings().responses(), arrival.route().path(), model, arrival.fields());
    CacheUse use = CacheUse.of(options, request, controls);
    Scope scope = Scope.of(options.scope(), arrival.fields(), arrival.query(), hasher());
    var around = new Circumstances(arrival, controls, scope, mapped, keyedFields);
    Key key = use instanceof CacheUse.Bypass ? NO_KEY : around.key(request);
    return new LlmCall(
        arrival.route(),
        request,
        controls,
        options,
        use,
        key,
        scope.digest(),
        () ->
            new FetchOrder(
                requests.of(arrival, mappedBody(body, request, model, mapped)),
                terms(around, request, options, use, key),
                () -> around.parts(body)),
        () -> around.parts(body),
        () -> around.meaning(body));
  }

  private static StoreTerms terms(
      Circumstances around, ChatRequest request, ResponsesOptions options, CacheUse use, Key key) {
    Arrival arrival = around.arrival();
    return new StoreTerms(
        key,
        arrival.route(),
        use instanceof CacheUse.Use(var read, var write, var join) && write,
        options,
        Lifetimes.fresh(options, arrival.route(), request, around.controls()),
        Lifetimes.stale(options),
        around.controls().tags(),
        Map.of(
            "model",
            around.model(),
            "provider",
            arrival.provider().name(),
            "scope",
            around.scope().label(),
            PurgeSelector.PATH,
            arrival.route().path()));
  }

  private static Bytes mappedBody(Bytes body, ChatRequest request, String model, String mapped) {
    return mapped.equals(model) || request.modelSpan().isEmpty()
        ? body
        : ModelEdit.apply(body, request.modelSpan().get(), mapped);
  }
}
