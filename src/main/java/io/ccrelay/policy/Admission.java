package io.ccrelay.policy;

import java.util.Optional;

/** Whether a caller may use an API, and what runs if so. */
public sealed interface Admission {

  /**
   * What runs, and for whom.
   *
   * @param subscription of the caller's key, if it is for this API
   * @param product of the subscription, or one that is open to all
   */
  record Admitted(
      Optional<SubscriptionEntity> subscription,
      Optional<ProductEntity> product,
      EffectivePolicy policy)
      implements Admission {}

  /** Not without a valid key: 401. */
  record Refused(Reason reason) implements Admission {}

  /** Why not; the words are those of {@code context.LastError.Reason}. */
  enum Reason implements Token {
    /** The request has no key. */
    NO_KEY("SubscriptionKeyNotFound"),
    /** Its key is none of those for this API. */
    INVALID_KEY("SubscriptionKeyInvalid");

    private final String token;

    Reason(String token) {
      this.token = token;
    }

    @Override
    public String token() {
      return token;
    }
  }
}
