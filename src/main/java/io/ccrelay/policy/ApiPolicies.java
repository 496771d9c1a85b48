package io.ccrelay.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One API: its operations, and what runs for each of them. Immutable. */
public final class ApiPolicies {

  private static final String ANY_METHOD = "*";

  private final ApiEntity entity;
  private final List<Route> routes;
  private final List<ProductEntity> products;
  private final Subscribers subscribers;
  private final Map<Scopes, EffectivePolicy> policies;

  ApiPolicies(
      ApiEntity entity,
      List<ProductEntity> products,
      Subscribers subscribers,
      Composition composition) {
    this.entity = entity;
    this.products =
        products.stream().filter(product -> product.apis().contains(entity.id())).toList();
    this.subscribers = subscribers;
    this.routes = routes(entity);
    this.policies = policies(composition);
  }

  /** Which documents apply beside those of the gateway and of the API. */
  private record Scopes(Optional<String> product, Optional<String> operation) {}

  private record Route(OperationEntity operation, UrlTemplate template) {}

  /**
   * A request's operation.
   *
   * @param operation empty if the API lists none
   * @param parameters matched by its template, percent-decoded; letter case does not count
   * @param declaredQuery query parameters the template names
   */
  public record Found(
      Optional<OperationEntity> operation,
      Map<String, String> parameters,
      Set<String> declaredQuery) {}

  /** The API as the configuration has it. */
  public ApiEntity entity() {
    return entity;
  }

  /**
   * The operation of a request; empty if the API has operations and none is meant ({@code
   * OperationNotFound}, 404).
   *
   * @param path of the request, percent-encoded, the API's path included
   * @param rawQuery without question mark, may be empty
   */
  public Optional<Found> operation(String method, String path, String rawQuery) {
    if (routes.isEmpty()) {
      return Optional.of(noOperation());
    }
    String below = entity.path().length() > 1 ? path.substring(entity.path().length()) : path;
    for (Route route : routes) {
      String wanted = route.operation().method();
      if (wanted.equals(method) || wanted.equals(ANY_METHOD)) {
        var parameters = route.template().match(below, rawQuery);
        if (parameters.isPresent()) {
          return Optional.of(
              new Found(
                  Optional.of(route.operation()),
                  parameters.get(),
                  route.template().declaredQuery()));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * What runs for a request.
   *
   * @param key the caller's subscription key, if the request has one; see {@link
   *     ApiEntity#keyNames}
   */
  public Admission admit(Found found, Optional<String> key) {
    Optional<SubscriptionEntity> subscription = key.flatMap(subscribers::of).filter(this::covers);
    if (subscription.isEmpty() && entity.subscriptionRequired() && openProduct().isEmpty()) {
      return new Admission.Refused(
          key.isPresent() ? Admission.Reason.INVALID_KEY : Admission.Reason.NO_KEY);
    }
    return admitted(found, subscription);
  }

  private Admission.Admitted admitted(Found found, Optional<SubscriptionEntity> subscription) {
    Optional<ProductEntity> product =
        subscription.isPresent()
            ? subscription.get().product().flatMap(this::product)
            : openProduct();
    var scopes =
        new Scopes(product.map(ProductEntity::id), found.operation().map(OperationEntity::id));
    EffectivePolicy policy = policies.get(scopes);
    if (policy == null) {
      throw new IllegalArgumentException("found: an operation of another API");
    }
    return new Admission.Admitted(subscription, product, policy);
  }

  /**
   * What runs for a request that needs no key, or was refused for want of one: that of the
   * subscription if there is one.
   */
  public Admission.Admitted unasked(Found found, Optional<String> key) {
    Optional<SubscriptionEntity> subscription = key.flatMap(subscribers::of).filter(this::covers);
    return admitted(found, subscription);
  }

  /** Where the parts of a request that no operation is meant by lead. */
  public static Found noOperation() {
    return new Found(Optional.empty(), Map.of(), Set.of());
  }

  /** What runs for callers without a subscription; none if they are refused. */
  Stream<EffectivePolicy> openTo() {
    if (entity.subscriptionRequired() && openProduct().isEmpty()) {
      return Stream.of();
    }
    Optional<String> product = openProduct().map(ProductEntity::id);
    return policies.entrySet().stream()
        .filter(each -> each.getKey().product().equals(product))
        .map(Map.Entry::getValue);
  }

  private boolean covers(SubscriptionEntity subscription) {
    if (subscription.product().isPresent()) {
      return product(subscription.product().get()).isPresent();
    }
    return subscription.api().isEmpty() || subscription.api().get().equals(entity.id());
  }

  private Optional<ProductEntity> product(String id) {
    return products.stream().filter(product -> product.id().equals(id)).findFirst();
  }

  private Optional<ProductEntity> openProduct() {
    return products.stream().filter(product -> !product.subscriptionRequired()).findFirst();
  }

  private static List<Route> routes(ApiEntity entity) {
    var routes = new ArrayList<Route>();
    for (OperationEntity operation : entity.operations()) {
      routes.add(new Route(operation, UrlTemplate.parse(operation.urlTemplate())));
    }
    routes.sort(
        Comparator.comparing(Route::template)
            .thenComparing(route -> route.operation().method().equals(ANY_METHOD)));
    return List.copyOf(routes);
  }

  private Map<Scopes, EffectivePolicy> policies(Composition composition) {
    var all = new HashMap<Scopes, EffectivePolicy>();
    var operations = new ArrayList<Optional<OperationEntity>>();
    operations.add(Optional.empty());
    routes.forEach(route -> operations.add(Optional.of(route.operation())));
    var choices = new ArrayList<Optional<ProductEntity>>();
    choices.add(Optional.empty());
    products.forEach(product -> choices.add(Optional.of(product)));
    for (Optional<ProductEntity> product : choices) {
      for (Optional<OperationEntity> operation : operations) {
        all.put(
            new Scopes(product.map(ProductEntity::id), operation.map(OperationEntity::id)),
            composition.of(
                product.flatMap(ProductEntity::policy),
                entity.policy(),
                operation.flatMap(OperationEntity::policy)));
      }
    }
    return all;
  }
}
