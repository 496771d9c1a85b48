package io.ccrelay.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A subscription: keys, and what they open.
 *
 * @param keys its secrets, one or two
 * @param product id of its product; absent = see {@code api}
 * @param api id of its API; absent beside an absent product = all APIs
 * @param start from which quotas are counted
 */
public record SubscriptionEntity(
    String id,
    String name,
    List<String> keys,
    Optional<String> product,
    Optional<String> api,
    Optional<UserEntity> user,
    Optional<Instant> start) {

  /** Makes the list immutable. */
  public SubscriptionEntity {
    keys = List.copyOf(keys);
  }

  /** Without the keys. */
  @Override
  public String toString() {
    return "SubscriptionEntity[" + id + "]";
  }
}
