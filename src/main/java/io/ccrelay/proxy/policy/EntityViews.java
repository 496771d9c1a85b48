package io.ccrelay.proxy.policy;

import io.ccrelay.policy.ApiEntity;
import io.ccrelay.policy.ApiPolicies;
import io.ccrelay.policy.ProductEntity;
import io.ccrelay.policy.SubscriptionEntity;
import io.ccrelay.policy.UserEntity;
import io.ccrelay.policy.expression.PolicyContext;
import io.ccrelay.policy.expression.Url;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Entities of the configuration as expressions see them in {@code context}. */
final class EntityViews {

  private EntityViews() {}

  static PolicyContext.Api api(ApiEntity entity, Url service) {
    return new PolicyContext.Api(
        entity.id(),
        entity.name(),
        entity.path(),
        entity.revision(),
        "",
        true,
        List.of("https"),
        service,
        entity.keyNames().header(),
        entity.keyNames().query());
  }

  static PolicyContext.Operation operation(ApiPolicies.Found found) {
    return found
        .operation()
        .map(it -> new PolicyContext.Operation(it.id(), it.name(), it.method(), it.urlTemplate()))
        .orElseGet(() -> new PolicyContext.Operation("", "", "", ""));
  }

  static PolicyContext.Product product(ProductEntity entity, PolicyContext.Api api) {
    return new PolicyContext.Product(
        entity.id(),
        entity.name(),
        "Published",
        false,
        entity.subscriptionRequired(),
        null,
        groups(entity.groups()),
        List.of(api));
  }

  static PolicyContext.Subscription subscription(SubscriptionEntity entity, String key) {
    List<String> keys = entity.keys();
    java.time.@Nullable Instant start = entity.start().orElse(null);
    return new PolicyContext.Subscription(
        entity.id(),
        entity.name(),
        key,
        keys.isEmpty() ? "" : keys.getFirst(),
        keys.size() < 2 ? "" : keys.get(1),
        start,
        start,
        null);
  }

  static PolicyContext.User user(UserEntity entity) {
    return new PolicyContext.User(
        entity.id(),
        entity.email(),
        entity.firstName(),
        entity.lastName(),
        "",
        null,
        groups(entity.groups()),
        List.of());
  }

  private static List<PolicyContext.Group> groups(Set<String> names) {
    return names.stream().sorted().map(name -> new PolicyContext.Group(name, name)).toList();
  }
}
