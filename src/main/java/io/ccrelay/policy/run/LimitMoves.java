package io.ccrelay.policy.run;

import io.ccrelay.policy.LimitPolicy;
import io.ccrelay.policy.LimitPolicy.Quota;
import io.ccrelay.policy.LimitPolicy.QuotaByKey;
import io.ccrelay.policy.LimitPolicy.RateLimit;
import io.ccrelay.policy.LimitPolicy.RateLimitByKey;

/** Statements that count calls, and bytes, and refuse them. */
final class LimitMoves {

  private final RateMoves rates;
  private final QuotaMoves quotas;

  LimitMoves(Conversation conversation, Values values) {
    this.rates = new RateMoves(conversation, values);
    this.quotas = new QuotaMoves(conversation, values);
  }

  Move perform(LimitPolicy statement) {
    return switch (statement) {
      case RateLimit it -> rates.limit(it);
      case RateLimitByKey it -> rates.limitByKey(it);
      case Quota it -> quotas.limit(it);
      case QuotaByKey it -> quotas.limitByKey(it);
    };
  }
}
