package io.ccrelay.policy.run;

import io.ccrelay.cache.Key;
import io.ccrelay.limit.Limit;
import io.ccrelay.limit.Window;
import io.ccrelay.policy.LimitPolicy.Quota;
import io.ccrelay.policy.LimitPolicy.QuotaByKey;
import io.ccrelay.policy.LimitPolicy.Volume;
import io.ccrelay.policy.expression.PolicyContext.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Statements that count calls and bytes in a fixed window and refuse calls with 403. */
final class QuotaMoves {

  private static final long KIB = 1024;

  private final Conversation conversation;
  private final Values values;
  private final Subjects subjects;
  private final Increments increments;
  private final Set<Key> counted = new HashSet<>();

  QuotaMoves(Conversation conversation, Values values) {
    this.conversation = conversation;
    this.values = values;
    this.subjects = new Subjects(conversation);
    this.increments = new Increments(conversation, values);
  }

  Move limit(Quota statement) {
    Subscription subscription = conversation.subscription();
    if (subscription == null) {
      return Move.NEXT;
    }
    var tolls = new Volumes(subscription.id(), anchor(subscription));
    tolls.add(
        statement.volume(), statement.renewalPeriod(), Subjects.definition(statement.place()));
    for (var api : statement.apis()) {
      if (subjects.isApi(api.api())) {
        tolls.add(api.volume(), api.renewalPeriod(), subjects.api());
        api.operations().stream()
            .filter(each -> subjects.isOperation(each.operation()))
            .forEach(each -> tolls.add(each.volume(), each.renewalPeriod(), subjects.operation()));
      }
    }
    return judged(tolls.calls, tolls.bandwidth);
  }

  private static Instant anchor(Subscription subscription) {
    Instant start = subscription.startDate();
    return start != null
        ? start
        : Optional.ofNullable(subscription.createdDate()).orElse(QuotaByKey.EPOCH);
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
  Move limitByKey(QuotaByKey statement) {
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
            calls.add(calls(statement, counter, new Limit(most, window)));
          }
        });
    var bandwidth = new ArrayList<Toll>();
    values
        .of(statement.bandwidth())
        .ifPresent(most -> bandwidth.add(bytes(Keys.of("bandwidth-by-key", key), most, window)));
    return judged(calls, bandwidth);
  }

  private Toll calls(QuotaByKey statement, Key counter, Limit limit) {
    return increments.toll(
        counter, limit, statement.incrementCondition(), statement.incrementCount(), false);
  }

  private Move judged(List<Toll> calls, List<Toll> bandwidth) {
    var all = new ArrayList<>(bandwidth);
    all.replaceAll(toll -> new Toll(toll.counter(), toll.limit(), 0, Toll.Kind.LOOK));
    all.addAll(calls);
    return new Move.Ask(
        new Effect.Pay(all),
        answer -> {
          var verdicts = Verdicts.of(answer);
          var refusal = verdicts.refusal();
          if (refusal.isPresent()) {
            throw refused(verdicts.count() <= bandwidth.size(), refusal.get().retryAfter());
          }
          conversation.bandwidth().addAll(bandwidth);
          return Move.NEXT;
        });
  }

  private PolicyFailure refused(boolean bytes, Optional<Duration> wait) {
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
