package io.ccrelay.config;

import io.ccrelay.policy.ApiEntity;
import io.ccrelay.policy.ProductEntity;
import io.ccrelay.policy.SubscriptionEntity;
import io.ccrelay.policy.UserEntity;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code policies.subscriptions}. */
final class SubscriptionsSection {

  private SubscriptionsSection() {}

  static List<SubscriptionEntity> read(
      Section policies, List<ProductEntity> products, List<ApiEntity> apis) {
    var subscriptions = new ArrayList<SubscriptionEntity>();
    var ids = new HashSet<String>();
    var keys = new HashSet<String>();
    for (Section section : policies.sections("subscriptions")) {
      SubscriptionEntity subscription = subscription(section);
      if (subscription.id().isEmpty() || !ids.add(subscription.id())) {
        section.problem("id", "is required and must differ from the others");
      }
      if (subscription.keys().isEmpty() || !subscription.keys().stream().allMatch(keys::add)) {
        section.problem("keys", "are required and must differ from all others");
      }
      subscription
          .product()
          .filter(id -> products.stream().noneMatch(product -> product.id().equals(id)))
          .ifPresent(
              id -> section.problem("product", Shown.value(id) + " is the id of no product"));
      subscription
          .api()
          .filter(id -> apis.stream().noneMatch(api -> api.id().equals(id)))
          .ifPresent(id -> section.problem("api", Shown.value(id) + " is the id of no API"));
      section.finish(UnknownKeys.REFUSED);
      subscriptions.add(subscription);
    }
    return subscriptions;
  }

  private static SubscriptionEntity subscription(Section section) {
    String id = section.text("id", "");
    Optional<String> product = name(section, "product");
    Optional<String> api = name(section, "api");
    if (product.isPresent() && api.isPresent()) {
      section.problem("api", "stands beside product (expected: one of both)");
    }
    return new SubscriptionEntity(
        id,
        section.text("name", id),
        section.textOrTexts("keys").stream().filter(key -> !key.isEmpty()).toList(),
        product,
        api,
        user(section),
        start(section));
  }

  private static Optional<String> name(Section section, String key) {
    return Optional.of(section.text(key, "")).filter(name -> !name.isEmpty());
  }

  private static Optional<UserEntity> user(Section section) {
    if (!section.has("user")) {
      return Optional.empty();
    }
    if (section.isScalar("user")) {
      return Optional.of(new UserEntity(section.text("user", ""), "", "", "", Set.of()));
    }
    var user = section.section("user");
    var entity =
        new UserEntity(
            user.text("id", ""),
            user.text("email", ""),
            user.text("first_name", ""),
            user.text("last_name", ""),
            Set.copyOf(user.texts("groups")));
    if (entity.id().isEmpty()) {
      user.problem("id", "is required");
    }
    user.finish(UnknownKeys.REFUSED);
    return Optional.of(entity);
  }

  private static Optional<Instant> start(Section section) {
    String text = section.text("start", "");
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      section.problem("start", "is no time (expected: such as 2026-01-01T00:00:00Z)");
      return Optional.empty();
    }
  }
}
