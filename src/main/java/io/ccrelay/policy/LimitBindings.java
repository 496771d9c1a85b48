package io.ccrelay.policy;

import static io.ccrelay.policy.Section.INBOUND;

import io.ccrelay.policy.LimitPolicy.ApiQuota;
import io.ccrelay.policy.LimitPolicy.ApiRate;
import io.ccrelay.policy.LimitPolicy.Notices;
import io.ccrelay.policy.LimitPolicy.OperationQuota;
import io.ccrelay.policy.LimitPolicy.OperationRate;
import io.ccrelay.policy.LimitPolicy.Quota;
import io.ccrelay.policy.LimitPolicy.QuotaByKey;
import io.ccrelay.policy.LimitPolicy.RateLimit;
import io.ccrelay.policy.LimitPolicy.RateLimitByKey;
import io.ccrelay.policy.LimitPolicy.Subject;
import io.ccrelay.policy.LimitPolicy.Volume;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/** Reads the policies that count calls. */
final class LimitBindings {

  static final Map<String, Binding> ALL =
      Map.of(
          "rate-limit",
              Binding.in(LimitBindings::rate, INBOUND)
                  .of(Scope.PRODUCT, Scope.API, Scope.OPERATION),
          "rate-limit-by-key", Binding.in(LimitBindings::rateByKey, INBOUND),
          "quota", Binding.in(LimitBindings::quota, INBOUND).of(Scope.PRODUCT),
          "quota-by-key", Binding.in(LimitBindings::quotaByKey, INBOUND));

  private static final Kind<Integer> RATE_PERIOD = Kind.whole(1, 300);

  private static final Kind<Integer> KEYED_QUOTA_PERIOD =
      new Kind<>(
          Integer.class,
          "0, or a whole number from 300",
          0,
          text -> Kind.COUNT.parse().apply(text).filter(seconds -> seconds == 0 || seconds >= 300));

  private static final Kind<Instant> INSTANT =
      new Kind<>(
          Instant.class,
          "a time such as 2026-01-01T00:00:00Z",
          QuotaByKey.EPOCH,
          LimitBindings::instant);

  private LimitBindings() {}

  private static Policy rate(Form form) {
    return new RateLimit(
        form.place(),
        form.literal("calls", Kind.COUNT),
        form.literal("renewal-period", RATE_PERIOD),
        notices(form),
        form.children("api").stream().map(LimitBindings::apiRate).toList());
  }

  private static ApiRate apiRate(Form form) {
    var rate =
        new ApiRate(
            subject(form),
            form.literal("calls", Kind.COUNT),
            form.literal("renewal-period", RATE_PERIOD),
            form.children("operation").stream().map(LimitBindings::operationRate).toList());
    form.finish();
    return rate;
  }

  private static OperationRate operationRate(Form form) {
    var rate =
        new OperationRate(
            subject(form),
            form.literal("calls", Kind.COUNT),
            form.literal("renewal-period", RATE_PERIOD));
    form.finish();
    return rate;
  }

  private static Policy rateByKey(Form form) {
    return new RateLimitByKey(
        form.place(),
        form.value("calls", Kind.COUNT),
        form.value("renewal-period", RATE_PERIOD),
        form.value("counter-key", Kind.TEXT),
        form.value("increment-condition", Kind.FLAG, true),
        form.value("increment-count", Kind.COUNT, 1),
        notices(form),
        form.literal("increment-after-response", Kind.FLAG, false),
        form.literal("flexible-retry-window", Kind.FLAG, false));
  }

  private static Notices notices(Form form) {
    return new Notices(
        form.literal("retry-after-header-name", Kind.NAME, "Retry-After"),
        form.optionalLiteral("retry-after-variable-name", Kind.NAME),
        form.optionalLiteral("remaining-calls-header-name", Kind.NAME),
        form.optionalLiteral("remaining-calls-variable-name", Kind.NAME),
        form.optionalLiteral("total-calls-header-name", Kind.NAME));
  }

  private static Policy quota(Form form) {
    return new Quota(
        form.place(),
        volume(form),
        form.literal("renewal-period", Kind.COUNT),
        form.children("api").stream().map(LimitBindings::apiQuota).toList());
  }

  private static ApiQuota apiQuota(Form form) {
    var quota =
        new ApiQuota(
            subject(form),
            volume(form),
            form.literal("renewal-period", Kind.COUNT),
            form.children("operation").stream().map(LimitBindings::operationQuota).toList());
    form.finish();
    return quota;
  }

  private static OperationQuota operationQuota(Form form) {
    var quota =
        new OperationQuota(subject(form), volume(form), form.literal("renewal-period", Kind.COUNT));
    form.finish();
    return quota;
  }

  private static Volume volume(Form form) {
    var volume =
        new Volume(
            form.optionalLiteral("calls", Kind.COUNT),
            form.optionalLiteral("bandwidth", Kind.COUNT));
    if (!form.has("calls") && !form.has("bandwidth")) {
      form.problem("needs calls or bandwidth");
    }
    return volume;
  }

  private static Subject subject(Form form) {
    var subject =
        new Subject(form.optionalLiteral("id", Kind.NAME), form.optionalLiteral("name", Kind.NAME));
    if (!form.has("id") && !form.has("name")) {
      form.problem("needs id or name");
    }
    return subject;
  }

  private static Policy quotaByKey(Form form) {
    var calls = form.optional("calls", Kind.COUNT);
    var bandwidth = form.optional("bandwidth", Kind.COUNT);
    if (calls.isEmpty() && bandwidth.isEmpty()) {
      form.problem("needs calls or bandwidth");
    }
    return new QuotaByKey(
        form.place(),
        calls,
        bandwidth,
        form.value("renewal-period", KEYED_QUOTA_PERIOD),
        form.value("counter-key", Kind.TEXT),
        form.value("increment-condition", Kind.FLAG, true),
        form.value("increment-count", Kind.COUNT, 1),
        form.literal("first-period-start", INSTANT, QuotaByKey.EPOCH));
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text.strip()));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
