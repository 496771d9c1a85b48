package io.ccrelay.policy;

import io.ccrelay.policy.CachePolicy.CachingType;
import io.ccrelay.policy.Profile.AnonymousRate;
import io.ccrelay.policy.Profile.QueryKey;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Looks for what is probably not meant in documents together with what they refer to. */
final class GatewayLints {

  private final GatewayOptions options;
  private final Findings findings;

  GatewayLints(GatewayOptions options, Findings findings) {
    this.options = options;
    this.findings = findings;
  }

  /** What concerns {@code effective}, whoever calls. */
  void check(EffectivePolicy effective) {
    if (options.profile().queryKey() == QueryKey.DECLARED) {
      first(effective, GatewayLints::namesNoQuery, Lint.UNDECLARED_QUERY);
    }
    if (options.externalCache().isEmpty()) {
      first(effective, GatewayLints::wantsExternal, Lint.NO_EXTERNAL_CACHE);
    }
  }

  /** What concerns {@code effective} for callers who have no subscription. */
  void checkWithoutSubscription(EffectivePolicy effective) {
    if (options.profile().anonymousRate() == AnonymousRate.SKIP) {
      first(
          effective,
          policy -> policy instanceof LimitPolicy.RateLimit || policy instanceof LimitPolicy.Quota,
          Lint.LIMIT_WITHOUT_SUBSCRIPTION);
    }
  }

  private void first(EffectivePolicy effective, Predicate<Policy> doubtful, Lint lint) {
    Stream.of(Section.values())
        .flatMap(section -> Lints.all(effective.section(section)))
        .filter(doubtful)
        .findFirst()
        .ifPresent(policy -> Lints.warn(policy, lint, findings));
  }

  private static boolean namesNoQuery(Policy policy) {
    return policy instanceof CachePolicy.Lookup lookup && lookup.varyByQueryParameters().isEmpty();
  }

  private static boolean wantsExternal(Policy policy) {
    CachingType wanted =
        switch (policy) {
          case CachePolicy.Lookup it -> it.cachingType();
          case CachePolicy.LookupValue it -> it.cachingType();
          case CachePolicy.StoreValue it -> it.cachingType();
          case CachePolicy.CachedValue it -> it.cachingType();
          default -> CachingType.PREFER_EXTERNAL;
        };
    return wanted == CachingType.EXTERNAL;
  }
}
