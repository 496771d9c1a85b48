package io.ccrelay.policy.run;

import io.ccrelay.cache.Key;
import io.ccrelay.limit.Limit;
import io.ccrelay.limit.Window;
import io.ccrelay.policy.LimitPolicy.Notices;
import io.ccrelay.policy.LimitPolicy.RateLimit;
import io.ccrelay.policy.LimitPolicy.RateLimitByKey;
import io.ccrelay.policy.Profile.AnonymousRate;
import io.ccrelay.policy.expression.PolicyContext.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Statements that count calls in a sliding window and refuse them with 429. */
final class RateMoves {

  private final Conversation conversation;
  private final Values values;
  private final Subjects subjects;
  private final Increments increments;

  RateMoves(Conversation conversation, Values values) {
    this.conversation = conversation;
    this.values = values;
    this.subjects = new Subjects(conversation);
    this.increments = new Increments(conversation, values);
  }

  Move limit(RateLimit statement) {
    return subscriber()
        .map(who -> judged(tolls(statement, who), statement.notices()))
        .orElse(Move.NEXT);
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

  private List<Toll> tolls(RateLimit statement, String who) {
    var tolls = new ArrayList<Toll>();
    String definition = Subjects.definition(statement.place());
    tolls.add(toll(statement.calls(), statement.renewalPeriod(), who, definition));
    for (var api : statement.apis()) {
      if (subjects.isApi(api.api())) {
        tolls.add(toll(api.calls(), api.renewalPeriod(), who, subjects.api()));
        api.operations().stream()
            .filter(each -> subjects.isOperation(each.operation()))
            .map(each -> toll(each.calls(), each.renewalPeriod(), who, subjects.operation()))
            .forEach(tolls::add);
      }
    }
    return tolls;
  }

  private static Toll toll(int calls, int seconds, String who, String what) {
    var limit = new Limit(calls, new Window.Sliding(Duration.ofSeconds(seconds)));
    return new Toll(Keys.of("rate", who, what), limit, 1, Toll.Kind.TAKE);
  }

  Move limitByKey(RateLimitByKey statement) {
    int calls = values.of(statement.calls());
    var window =
        new Window.Sliding(Duration.ofSeconds(Math.max(1, values.of(statement.renewalPeriod()))));
    Key counter = Keys.of("rate-by-key", values.of(statement.counterKey()));
    Toll toll =
        increments.toll(
            counter,
            new Limit(calls, window),
            statement.incrementCondition(),
            statement.incrementCount(),
            statement.incrementAfterResponse());
    return judged(List.of(toll), statement.notices());
  }

  private Move judged(List<Toll> tolls, Notices notices) {
    return new Move.Ask(
        new Effect.Pay(tolls),
        answer -> {
          var verdicts = Verdicts.of(answer);
          long total = tolls.stream().mapToLong(toll -> toll.limit().most()).min().orElse(0);
          notices
              .totalCallsHeaderName()
              .ifPresent(name -> conversation.notice(name, String.valueOf(total)));
          var refusal = verdicts.refusal();
          if (refusal.isPresent()) {
            throw refused(notices, refusal.get().retryAfter());
          }
          admitted(notices, verdicts.remaining().orElse(total));
          return Move.NEXT;
        });
  }

  private void admitted(Notices notices, long remaining) {
    notices
        .remainingCallsHeaderName()
        .ifPresent(name -> conversation.notice(name, String.valueOf(remaining)));
    notices
        .remainingCallsVariableName()
        .ifPresent(name -> conversation.variables().put(name, (int) remaining));
  }

  private PolicyFailure refused(Notices notices, Optional<Duration> wait) {
    conversation.deferred().clear();
    long seconds = wait.map(Duration::toSeconds).orElse(0L);
    notices
        .retryAfterVariableName()
        .ifPresent(name -> conversation.variables().put(name, (int) seconds));
    Response reply = Replies.error(429, Replies.RATE_LIMIT_RETRY.formatted(seconds));
    reply.headers(reply.headers().with(notices.retryAfterHeaderName(), String.valueOf(seconds)));
    return new PolicyFailure("rate-limit", "RateLimitExceeded", Replies.RATE_LIMIT, reply);
  }
}
