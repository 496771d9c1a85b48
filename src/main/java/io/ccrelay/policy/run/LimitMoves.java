package io.ccrelay.policy.run;

import io.ccrelay.cache.Key;
import io.ccrelay.limit.Limit;
import io.ccrelay.limit.Limit.Verdict;
import io.ccrelay.limit.Window;
import io.ccrelay.policy.LimitPolicy;
import io.ccrelay.policy.LimitPolicy.Notices;
import io.ccrelay.policy.LimitPolicy.Quota;
import io.ccrelay.policy.LimitPolicy.QuotaByKey;
import io.ccrelay.policy.LimitPolicy.RateLimit;
import io.ccrelay.policy.LimitPolicy.RateLimitByKey;
import io.ccrelay.policy.LimitPolicy.Subject;
import io.ccrelay.policy.LimitPolicy.Volume;
import io.ccrelay.policy.Place;
import io.ccrelay.policy.PolicyValue;
import io.ccrelay.policy.Profile.AnonymousRate;
import io.ccrelay.policy.expression.PolicyContext.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Statements that count calls, and bytes, and refuse them. */
final class LimitMoves {

  private static final long KIB = 1024;

  private final Conversation conversation;
  private final Values values;
  private final Set<Key> counted = new HashSet<>();

  LimitMoves(Conversation conversation, Values values) {
    this.conversation = conversation;
    this.values = values;
  }

  Move perform(LimitPolicy statement) {
    return switch (statement) {
      case RateLimit it -> subscriber().map(who -> rate(it, who)).orElse(Move.NEXT);
      case RateLimitByKey it -> rateByKey(it);
      case Quota it -> quota(it);
      case QuotaByKey it -> quotaByKey(it);
    };
  }

  /** Who is counted; without a subscription nobody is, unless the profile says so. */
  private Optional<String> subscriber() {
    Subscription subscription = conversation.subscription();
    boolean together = conversation.profile().anonymousRate() == AnonymousRate.ANONYMOUS;
    if (subscription == null && !together) {
      conversation.trace("rate-limit", "The call has no subscription and is not counted.");
    }
    return Optional.ofNullable(subscription)
        .map(Subscription::id)
        .or(() -> together ? Optional.of("") : Optional.empty());
  }

  private Move rate(RateLimit statement, String who) {
    var tolls = new ArrayList<Toll>();
    tolls.add(
        rateToll(statement.calls(), statement.renewalPeriod(), who, definition(statement.place())));
    for (var api : statement.apis()) {
      if (!isThisApi(api.api())) {
        continue;
      }
      tolls.add(rateToll(api.calls(), api.renewalPeriod(), who, apiId()));
      for (var operation : api.operations()) {
        if (isThisOperation(operation.operation())) {
          tolls.add(
              rateToll(
                  operation.calls(),
                  operation.renewalPeriod(),
                  who,
                  apiId() + "/" + conversation.operation().id()));
        }
      }
    }
    return rateJudged(tolls, statement.notices());
  }

  private String apiId() {
    return conversation.api().id();
  }

  /** Of one definition all callers' requests count together, wherever it is inherited. */
  private static String definition(Place place) {
    return place.scope().token() + " " + place.position().document() + " " + place.path();
  }

  private boolean isThisApi(Subject subject) {
    return subject
        .id()
        .map(conversation.api().id()::equals)
        .orElseGet(() -> subject.name().filter(conversation.api().name()::equals).isPresent());
  }

  private boolean isThisOperation(Subject subject) {
    return subject
        .id()
        .map(conversation.operation().id()::equals)
        .orElseGet(
            () -> subject.name().filter(conversation.operation().name()::equals).isPresent());
  }

  private static Toll rateToll(int calls, int seconds, String who, String what) {
    var limit = new Limit(calls, new Window.Sliding(Duration.ofSeconds(seconds)));
    return new Toll(Keys.of("rate", who, what), limit, 1, Toll.Kind.TAKE);
  }

  private Move rateByKey(RateLimitByKey statement) {
    int calls = values.of(statement.calls());
    var window =
        new Window.Sliding(Duration.ofSeconds(Math.max(1, values.of(statement.renewalPeriod()))));
    Key counter = Keys.of("rate-by-key", values.of(statement.counterKey()));
    var limit = new Limit(calls, window);
    boolean later = statement.incrementAfterResponse();
    Toll toll =
        toll(counter, limit, statement.incrementCondition(), statement.incrementCount(), later);
    return rateJudged(List.of(toll), statement.notices());
  }

  /** Taken at once, or looked at now and counted when the response is known. */
  private Toll toll(
      Key counter,
      Limit limit,
      PolicyValue<Boolean> condition,
      PolicyValue<Integer> count,
      boolean later) {
    if (later
        || condition instanceof PolicyValue.Computed
        || count instanceof PolicyValue.Computed) {
      conversation.deferred().add(() -> increment(counter, limit, condition, count));
      return new Toll(counter, limit, 0, Toll.Kind.LOOK);
    }
    return values.of(condition)
        ? new Toll(counter, limit, values.of(count), Toll.Kind.TAKE)
        : new Toll(counter, limit, 0, Toll.Kind.LOOK);
  }

  private Optional<Toll> increment(
      Key counter, Limit limit, PolicyValue<Boolean> condition, PolicyValue<Integer> count) {
    return values.of(condition)
        ? Optional.of(new Toll(counter, limit, values.of(count), Toll.Kind.COUNT))
        : Optional.empty();
  }

  private Move rateJudged(List<Toll> tolls, Notices notices) {
    return new Move.Ask(
        new Effect.Pay(tolls),
        answer -> {
          var verdicts = answer instanceof Answer.Judged(var judged) ? judged : List.<Verdict>of();
          long total = tolls.stream().mapToLong(toll -> toll.limit().most()).min().orElse(0);
          notices
              .totalCallsHeaderName()
              .ifPresent(name -> conversation.notice(name, String.valueOf(total)));
          if (!verdicts.isEmpty()
              && verdicts.getLast() instanceof Verdict.Refused(Optional<Duration> wait)) {
            throw rateRefused(notices, wait);
          }
          rateAdmitted(notices, verdicts, total);
          return Move.NEXT;
        });
  }

  private void rateAdmitted(Notices notices, List<Verdict> verdicts, long total) {
    long remaining = remaining(verdicts).orElse(total);
    notices
        .remainingCallsHeaderName()
        .ifPresent(name -> conversation.notice(name, String.valueOf(remaining)));
    notices
        .remainingCallsVariableName()
        .ifPresent(name -> conversation.variables().put(name, (int) remaining));
  }

  static Optional<Long> remaining(List<Verdict> verdicts) {
    return verdicts.stream()
        .map(verdict -> verdict instanceof Verdict.Admitted(long left) ? left : 0L)
        .min(Long::compare);
  }

  private PolicyFailure rateRefused(Notices notices, Optional<Duration> wait) {
    conversation.deferred().clear();
    long seconds = wait.map(Duration::toSeconds).orElse(0L);
    notices
        .retryAfterVariableName()
        .ifPresent(name -> conversation.variables().put(name, (int) seconds));
    Response reply = Replies.error(429, Replies.RATE_LIMIT_RETRY.formatted(seconds));
    reply.headers(reply.headers().with(notices.retryAfterHeaderName(), String.valueOf(seconds)));
    return new PolicyFailure("rate-limit", "RateLimitExceeded", Replies.RATE_LIMIT, reply);
  }

  private Move quota(Quota statement) {
    Subscription subscription = conversation.subscription();
    if (subscription == null) {
      return Move.NEXT;
    }
    Instant start = subscription.startDate();
    Instant anchor =
        start != null
            ? start
            : Optional.ofNullable(subscription.createdDate()).orElse(QuotaByKey.EPOCH);
    var tolls = new Volumes(subscription.id(), anchor);
    tolls.add(statement.volume(), statement.renewalPeriod(), definition(statement.place()));
    for (var api : statement.apis()) {
      if (!isThisApi(api.api())) {
        continue;
      }
      tolls.add(api.volume(), api.renewalPeriod(), apiId());
      for (var operation : api.operations()) {
        if (isThisOperation(operation.operation())) {
          String what = apiId() + "/" + conversation.operation().id();
          tolls.add(operation.volume(), operation.renewalPeriod(), what);
        }
      }
    }
    return quotaJudged(tolls.calls, tolls.bandwidth);
  }

  /** The tolls of a quota and of those inside it. */
  private final class Volumes {
    private final String who;
    private final Instant anchor;
    private final List<Toll> calls = new ArrayList<>();
    private final List<Toll> bandwidth = new ArrayList<>();

    Volumes(String who, Instant anchor) {
      this.who = who;
      this.anchor = anchor;
    }

    void add(Volume volume, int seconds, String what) {
      var window = new Window.Fixed(anchor, Duration.ofSeconds(seconds));
      volume
          .calls()
          .ifPresent(most ->
              calls.add(
                  new Toll(
                      Keys.of("quota", who, what), new Limit(most, window), 1, Toll.Kind.TAKE)));
      volume
          .bandwidth()
          .ifPresent(most -> bandwidth.add(bytes(Keys.of("bandwidth", who, what), most, window)));
    }
  }

  private Toll bytes(Key counter, long kib, Window window) {
    return new Toll(counter, new Limit(kib * KIB, window), requestBytes(), Toll.Kind.LOOK);
  }

  private long requestBytes() {
    Content body = conversation.request().body();
    return body == null ? 0 : body.remaining().size();
  }

  /** A key that several statements name is looked at and incremented once. */
  private Move quotaByKey(QuotaByKey statement) {
    String key = values.of(statement.counterKey());
    var window =
        new Window.Fixed(
            statement.firstPeriodStart(), Duration.ofSeconds(values.of(statement.renewalPeriod())));
    var calls = new ArrayList<Toll>();
    values
        .of(statement.calls())
        .ifPresent(most -> {
          Key counter = Keys.of("quota-by-key", key);
          if (counted.add(counter)) {
            var limit = new Limit(most, window);
            calls.add(
                toll(
                    counter,
                    limit,
                    statement.incrementCondition(),
                    statement.incrementCount(),
                    false));
          }
        });
    var bandwidth = new ArrayList<Toll>();
    values
        .of(statement.bandwidth())
        .ifPresent(most -> bandwidth.add(bytes(Keys.of("bandwidth-by-key", key), most, window)));
    return quotaJudged(calls, bandwidth);
  }

  private Move quotaJudged(List<Toll> calls, List<Toll> bandwidth) {
    var all = new ArrayList<>(bandwidth);
    all.replaceAll(toll -> new Toll(toll.counter(), toll.limit(), 0, Toll.Kind.LOOK));
    all.addAll(calls);
    return new Move.Ask(
        new Effect.Pay(all),
        answer -> {
          var verdicts = answer instanceof Answer.Judged(var judged) ? judged : List.<Verdict>of();
          if (!verdicts.isEmpty()
              && verdicts.getLast() instanceof Verdict.Refused(Optional<Duration> wait)) {
            throw quotaRefused(verdicts.size() <= bandwidth.size(), wait);
          }
          conversation.bandwidth().addAll(bandwidth);
          return Move.NEXT;
        });
  }

  private PolicyFailure quotaRefused(boolean bytes, Optional<Duration> wait) {
    conversation.deferred().clear();
    String what = bytes ? Replies.BANDWIDTH_QUOTA : Replies.CALL_QUOTA;
    String when =
        wait.map(time ->
                Replies.REPLENISHED.formatted(
                    time.toHours(), time.toMinutesPart(), time.toSecondsPart()))
            .orElse("");
    Response reply = Replies.error(403, what + when);
    wait.ifPresent(time ->
        reply.headers(reply.headers().with("Retry-After", String.valueOf(time.toSeconds()))));
    return new PolicyFailure("quota", "QuotaExceeded", what + when, reply);
  }
}
