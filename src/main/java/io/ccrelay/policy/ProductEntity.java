package io.ccrelay.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A product: APIs that are subscribed to together.
 *
 * @param apis ids of its APIs
 * @param subscriptionRequired whether it is for subscribers only; otherwise it also counts for
 *     callers without a key
 */
public record ProductEntity(
    String id,
    String name,
    List<String> apis,
    boolean subscriptionRequired,
    Set<String> groups,
    Optional<PolicyText> policy) {

  /** Makes the collections immutable. */
  public ProductEntity {
    apis = List.copyOf(apis);
    groups = Set.copyOf(groups);
  }
}
