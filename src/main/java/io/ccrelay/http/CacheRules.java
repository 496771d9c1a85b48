package io.ccrelay.http;

import io.ccrelay.http.CachePlan.Forward;
import io.ccrelay.http.CachePlan.Refuse;
import io.ccrelay.http.CachePlan.Serve;
import io.ccrelay.http.CachePlan.ServeWhileRevalidating;
import io.ccrelay.http.CachePlan.Validate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The order in which {@link CachePlan} asks its questions. */
record CacheRules(CacheRequest request, Variants stored, Instant now, HttpCacheOptions options) {

  CachePlan plan() {
    if (!request.isRetrieval()) {
      return new Forward(ForwardReason.METHOD);
    }
    if (stored.isEmpty()) {
      return forward(ForwardReason.URI_MISS);
    }
    return stored
        .choose(request)
        .map(this::planFor)
        .orElseGet(() -> validate(Optional.empty(), ForwardReason.VARY_MISS));
  }

  private CachePlan planFor(Variant variant) {
    if (!variant.covers(request)) {
      return validate(Optional.empty(), ForwardReason.PARTIAL);
    }
    Duration ttl = variant.freshness().ttl(now);
    boolean usable = !variant.needsValidation();
    boolean fresh = usable && ttl.isPositive();
    if (isRefusedByRequest(variant, ttl)) {
      return validate(Optional.of(variant), fresh ? ForwardReason.REQUEST : ForwardReason.STALE);
    }
    if (fresh) {
      return new Serve(variant, ttl);
    }
    return variant.mayServeStale()
        ? planForStale(variant, ttl)
        : validate(Optional.of(variant), ForwardReason.STALE);
  }

  private CachePlan planForStale(Variant variant, Duration ttl) {
    Duration staleness = ttl.negated();
    if (isWithin(staleness, request.directives().maxStale())) {
      return new Serve(variant, ttl);
    }
    var window = variant.directives().staleWhileRevalidate().orElse(options.staleWhileRevalidate());
    return isWithin(staleness, Optional.of(window).filter(Duration::isPositive))
        ? new ServeWhileRevalidating(variant, ttl)
        : validate(Optional.of(variant), ForwardReason.STALE);
  }

  /** Whether the request itself does not want what is stored (RFC 9111 section 5.2.1). */
  private boolean isRefusedByRequest(Variant variant, Duration ttl) {
    var wanted = request.directives();
    if (request.isForOrigin() || wanted.noStore() || wanted.noCache()) {
      return true;
    }
    Duration age = variant.freshness().age(now);
    boolean tooOld = wanted.maxAge().filter(limit -> age.compareTo(limit) > 0).isPresent();
    boolean tooStale = wanted.minFresh().filter(least -> ttl.compareTo(least) < 0).isPresent();
    return tooStale || (tooOld && !isPlainReload(variant, ttl));
  }

  /** A reload of what is fresh and never changes asks nothing (RFC 8246 section 2). */
  private boolean isPlainReload(Variant variant, Duration ttl) {
    return variant.directives().immutable()
        && ttl.isPositive()
        && request.directives().maxAge().equals(Optional.of(Duration.ZERO));
  }

  private CachePlan validate(Optional<Variant> selected, ForwardReason reason) {
    boolean untouched = request.isForOrigin() || request.directives().noStore();
    if (untouched || request.directives().onlyIfCached()) {
      return forward(reason);
    }
    return ForwardConditions.of(request, selected, stored.all())
        .<CachePlan>map(fields -> new Validate(selected, stored.all(), reason, fields))
        .orElseGet(() -> forward(reason));
  }

  private CachePlan forward(ForwardReason reason) {
    return request.directives().onlyIfCached() ? new Refuse() : new Forward(reason);
  }

  private static boolean isWithin(Duration staleness, Optional<Duration> window) {
    return window.filter(most -> staleness.compareTo(most) <= 0).isPresent();
  }
}
