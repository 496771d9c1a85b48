package io.ccrelay.http;

import io.ccrelay.http.StorePlan.Keep;
import io.ccrelay.http.StorePlan.Pass;
import io.ccrelay.http.StorePlan.Reason;
import java.util.Optional;
import java.util.Set;

/** The order in which {@link StorePlan} asks its questions. */
final class StoreRules {

  /** Fields between a client and a proxy (RFC 9111 section 3.1). */
  static final Set<String> PROXY_FIELDS =
      Set.of("proxy-authenticate", "proxy-authentication-info", "proxy-authorization");

  /** Statuses that this cache has rules for, which is what {@code must-understand} asks. */
  private static final Set<Integer> UNDERSTOOD =
      Set.of(200, 203, 204, 206, 300, 301, 302, 303, 307, 308, 404, 405, 410, 414, 501);

  private StoreRules() {}

  static StorePlan plan(Exchange exchange, HttpCacheOptions options) {
    var early = refusedByHead(exchange);
    if (early.isPresent()) {
      return new Pass(early.get());
    }
    return decided(variant(exchange, options), exchange.request(), options);
  }

  static StorePlan again(StoredResponse response, CacheRequest request, HttpCacheOptions options) {
    return decided(Variant.of(response, options), request, options);
  }

  private static StorePlan decided(
      Variant variant, CacheRequest request, HttpCacheOptions options) {
    return refusedByDirectives(variant, request)
        .or(() -> refusedByFields(variant, options))
        .or(() -> refusedByMethod(variant, request))
        .or(() -> refusedByFreshness(variant))
        .<StorePlan>map(Pass::new)
        .orElseGet(() -> new Keep(variant));
  }

  private static Optional<Reason> refusedByHead(Exchange exchange) {
    var request = exchange.request();
    int status = exchange.status();
    if (!request.isGet() && !request.method().equals("POST")) {
      return Optional.of(Reason.METHOD);
    }
    if (status < 200) {
      return Optional.of(Reason.INTERIM);
    }
    if (status == 304) {
      return Optional.of(Reason.NOT_MODIFIED);
    }
    if (status == 206 && (part(exchange).isEmpty() || !request.isGet())) {
      return Optional.of(Reason.PARTIAL);
    }
    boolean conditional =
        (status == 412 && request.isConditional())
            || (status == 416 && request.fields().has("Range"));
    return conditional ? Optional.of(Reason.CONDITIONAL) : Optional.empty();
  }

  private static Optional<Reason> refusedByDirectives(Variant variant, CacheRequest request) {
    var directives = variant.directives();
    if (request.directives().noStore()) {
      return Optional.of(Reason.REQUEST_NO_STORE);
    }
    if (directives.mustUnderstand() && !UNDERSTOOD.contains(variant.response().status())) {
      return Optional.of(Reason.NOT_UNDERSTOOD);
    }
    if (directives.noStore() && !directives.mustUnderstand()) {
      return Optional.of(Reason.NO_STORE);
    }
    if (directives.isPrivate()) {
      return Optional.of(Reason.PRIVATE);
    }
    return request.credentials() && !directives.allowsAuthorized()
        ? Optional.of(Reason.CREDENTIALS)
        : Optional.empty();
  }

  private static Optional<Reason> refusedByFields(Variant variant, HttpCacheOptions options) {
    if (variant.vary().any()) {
      return Optional.of(Reason.VARY_ANY);
    }
    return variant.response().fields().has("Set-Cookie") && !options.storeSetCookie()
        ? Optional.of(Reason.SET_COOKIE)
        : Optional.empty();
  }

  /** A POST is stored for a later GET only of what it says it represents (RFC 9110 9.3.3). */
  private static Optional<Reason> refusedByMethod(Variant variant, CacheRequest request) {
    if (!request.method().equals("POST")) {
      return Optional.empty();
    }
    var response = variant.response();
    boolean represents =
        response
            .fields()
            .first("Content-Location")
            .flatMap(request.key()::resolve)
            .filter(request.key()::equals)
            .isPresent();
    boolean success = response.status() / 100 == 2;
    return represents && success && variant.freshness().isExplicit()
        ? Optional.empty()
        : Optional.of(Reason.METHOD);
  }

  private static Optional<Reason> refusedByFreshness(Variant variant) {
    var freshness = variant.freshness();
    var directives = variant.directives();
    boolean cacheable =
        freshness.isExplicit()
            || directives.isPublic()
            || freshness.targeted()
            || Freshness.HEURISTIC_STATUSES.contains(variant.response().status());
    if (!cacheable) {
      return Optional.of(Reason.NO_FRESHNESS);
    }
    boolean spent = freshness.lifetime().compareTo(freshness.initialAge()) <= 0;
    boolean usable =
        variant.response().hasValidator()
            || !(variant.needsValidation() || (spent && directives.forbidsStale()));
    return usable ? Optional.empty() : Optional.of(Reason.NO_VALIDATOR);
  }

  private static Variant variant(Exchange exchange, HttpCacheOptions options) {
    var received = exchange.fields();
    var fields = HttpDate.stamp(HopByHop.strip(received), exchange.responseTime());
    var directives = Freshness.directives(fields, options);
    var unwanted = directives.privateFields();
    var stored =
        fields.without(line -> {
          String name = ListMembers.lower(line.name());
          return PROXY_FIELDS.contains(name) || unwanted.contains(name);
        });
    return Variant.of(
        new StoredResponse(
            exchange.status(),
            stored,
            Vary.of(stored).select(exchange.request().fields()),
            exchange.requestTime(),
            exchange.responseTime(),
            StoredResponse.UNKNOWN,
            part(exchange),
            false),
        options);
  }

  private static Optional<ContentRange> part(Exchange exchange) {
    return exchange.status() == 206
        ? exchange.fields().joined("Content-Range").flatMap(ContentRange::parse)
        : Optional.empty();
  }
}
