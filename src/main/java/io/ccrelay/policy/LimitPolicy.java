package io.ccrelay.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Statements that count calls and refuse them. */
public sealed interface LimitPolicy extends Policy {

  /**
   * Where the caller and later statements learn about a limit; absent = nowhere.
   *
   * @param retryAfterHeaderName {@code Retry-After} unless the document says otherwise
   */
  record Notices(
      String retryAfterHeaderName,
      Optional<String> retryAfterVariableName,
      Optional<String> remainingCallsHeaderName,
      Optional<String> remainingCallsVariableName,
      Optional<String> totalCallsHeaderName) {}

  /**
   * Which API or operation an inner limit is about: by {@code id}, else by {@code name}.
   *
   * @param name empty only if {@code id} is present
   */
  record Subject(Optional<String> id, Optional<String> name) {}

  /**
   * {@code rate-limit}: calls of a subscription in a sliding window.
   *
   * @param renewalPeriod seconds, at most 300
   */
  record RateLimit(Place place, int calls, int renewalPeriod, Notices notices, List<ApiRate> apis)
      implements LimitPolicy {

    /** Makes the list immutable. */
    public RateLimit {
      apis = List.copyOf(apis);
    }
  }

  /** A limit of its own for one API. */
  record ApiRate(Subject api, int calls, int renewalPeriod, List<OperationRate> operations) {

    /** Makes the list immutable. */
    public ApiRate {
      operations = List.copyOf(operations);
    }
  }

  /** A limit of its own for one operation. */
  record OperationRate(Subject operation, int calls, int renewalPeriod) {}

  /**
   * {@code rate-limit-by-key}.
   *
   * @param renewalPeriod seconds, at most 300
   * @param incrementCondition computed = judged, and counted, at the end of outbound
   * @param incrementCount computed = counted at the end of outbound
   */
  record RateLimitByKey(
      Place place,
      PolicyValue<Integer> calls,
      PolicyValue<Integer> renewalPeriod,
      PolicyValue<String> counterKey,
      PolicyValue<Boolean> incrementCondition,
      PolicyValue<Integer> incrementCount,
      Notices notices,
      boolean incrementAfterResponse,
      boolean flexibleRetryWindow)
      implements LimitPolicy {}

  /**
   * What may be used in a fixed window; at least one of both.
   *
   * @param bandwidth KiB
   */
  record Volume(Optional<Integer> calls, Optional<Integer> bandwidth) {}

  /**
   * {@code quota}: of a subscription, from the day it began.
   *
   * @param renewalPeriod seconds, 0 = never renewed
   */
  record Quota(Place place, Volume volume, int renewalPeriod, List<ApiQuota> apis)
      implements LimitPolicy {

    /** Makes the list immutable. */
    public Quota {
      apis = List.copyOf(apis);
    }
  }

  /** A quota of its own for one API. */
  record ApiQuota(Subject api, Volume volume, int renewalPeriod, List<OperationQuota> operations) {

    /** Makes the list immutable. */
    public ApiQuota {
      operations = List.copyOf(operations);
    }
  }

  /** A quota of its own for one operation. */
  record OperationQuota(Subject operation, Volume volume, int renewalPeriod) {}

  /**
   * {@code quota-by-key}.
   *
   * @param calls at least one of {@code calls} and {@code bandwidth} is present
   * @param bandwidth KiB
   * @param renewalPeriod seconds, at least 300; 0 = never renewed
   * @param firstPeriodStart from which windows are counted
   */
  record QuotaByKey(
      Place place,
      Optional<PolicyValue<Integer>> calls,
      Optional<PolicyValue<Integer>> bandwidth,
      PolicyValue<Integer> renewalPeriod,
      PolicyValue<String> counterKey,
      PolicyValue<Boolean> incrementCondition,
      PolicyValue<Integer> incrementCount,
      Instant firstPeriodStart)
      implements LimitPolicy {

    /** The start of the first window unless the document says otherwise. */
    public static final Instant EPOCH = Instant.parse("0001-01-01T00:00:00Z");
  }
}
