package io.ccrelay.policy.run;

import io.ccrelay.cache.Key;
import io.ccrelay.limit.Limit;
import io.ccrelay.policy.PolicyValue;
import java.util.Optional;

/** Tolls whose document says if, when and how much they count. */
final class Increments {

  private final Conversation conversation;
  private final Values values;

  Increments(Conversation conversation, Values values) {
    this.conversation = conversation;
    this.values = values;
  }

  /**
   * Taken at once, or looked at now and counted when the response is known.
   *
   * @param later whether it waits for the response although nothing is computed
   */
  Toll toll(
      Key counter,
      Limit limit,
      PolicyValue<Boolean> condition,
      PolicyValue<Integer> count,
      boolean later) {
    if (later
        || condition instanceof PolicyValue.Computed
        || count instanceof PolicyValue.Computed) {
      conversation.deferred().add(() -> counted(counter, limit, condition, count));
      return new Toll(counter, limit, 0, Toll.Kind.LOOK);
    }
    return values.of(condition)
        ? new Toll(counter, limit, values.of(count), Toll.Kind.TAKE)
        : new Toll(counter, limit, 0, Toll.Kind.LOOK);
  }

  private Optional<Toll> counted(
      Key counter, Limit limit, PolicyValue<Boolean> condition, PolicyValue<Integer> count) {
    return values.of(condition)
        ? Optional.of(new Toll(counter, limit, values.of(count), Toll.Kind.COUNT))
        : Optional.empty();
  }
}
