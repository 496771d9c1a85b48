package io.ccrelay.proxy.policy;

import io.ccrelay.policy.Admission;
import io.ccrelay.policy.ApiEntity;
import io.ccrelay.policy.ApiPolicies;
import io.ccrelay.policy.EffectivePolicy;
import io.ccrelay.policy.GatewayOptions;
import io.ccrelay.policy.OperationEntity;
import io.ccrelay.policy.PolicySet;
import io.ccrelay.policy.ProductEntity;
import io.ccrelay.policy.SubscriptionEntity;
import io.ccrelay.policy.UserEntity;
import io.ccrelay.policy.expression.PolicyContext;
import io.ccrelay.policy.expression.Url;
import io.ccrelay.policy.expression.value.X509;
import io.ccrelay.policy.run.Plan;
import io.ccrelay.policy.run.RunLimits;
import io.ccrelay.policy.run.Surroundings;
import io.ccrelay.policy.run.Urls;
import io.ccrelay.proxy.Admission.Admitted;
import io.ccrelay.proxy.ApiOptions;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The ways that the documents of a gateway give. Safe for use from any context. */
public final class GatewayRoutes implements PolicyRoutes {

  private static final Route PLAIN = new Route.Plain();

  private final Supplier<PolicySet> current;
  private final RunLimits limits;
  private volatile Loaded loaded;

  /** A set of policies and what was made of it. */
  private record Loaded(
      PolicySet set,
      Map<String, Surroundings.Backend> backends,
      Map<String, X509> certificates,
      Map<EffectivePolicy, Plan> plans) {

    static Loaded of(PolicySet set) {
      var backends = new HashMap<String, Surroundings.Backend>();
      set.options()
          .backends()
          .forEach((id, backend) ->
              Urls.parse(backend.url())
                  .ifPresent(
                      url -> backends.put(id, new Surroundings.Backend(url, backend.headers()))));
      var certificates = new HashMap<String, X509>();
      set.options().certificates().forEach((id, one) -> certificates.put(id, one.first()));
      return new Loaded(set, backends, Map.copyOf(certificates), new ConcurrentHashMap<>());
    }
  }

  /** The ways of whatever set is {@code current}. */
  public GatewayRoutes(Supplier<PolicySet> current, RunLimits limits) {
    this.current = current;
    this.limits = limits;
    this.loaded = Loaded.of(current.get());
  }

  /** Two sets of equal content would be read twice: cheaper than comparing for every request. */
  @SuppressWarnings("ReferenceEquality")
  private Loaded loaded() {
    Loaded known = loaded;
    PolicySet set = current.get();
    if (known.set != set) {
      known = Loaded.of(set);
      loaded = known;
    }
    return known;
  }

  @Override
  public Route find(ApiOptions api, String method, Admitted head) {
    Loaded now = loaded();
    Optional<ApiPolicies> governed = now.set.api(api.name());
    if (governed.isEmpty()) {
      return PLAIN;
    }
    var found = governed.get().operation(method, head.path(), head.query());
    if (found.isEmpty()) {
      return new Route.Refused(404, "Unable to match incoming request to an operation.");
    }
    Optional<String> key = key(governed.get().entity(), head);
    return switch (governed.get().admit(found.get(), key)) {
      case Admission.Refused(var reason) ->
          new Route.Refused(
              401,
              reason == Admission.Reason.NO_KEY
                  ? "Access denied due to missing subscription key."
                  : "Access denied due to invalid subscription key.");
      case Admission.Admitted admitted ->
          route(now, api, governed.get().entity(), found.get(), admitted, key.orElse(""), head);
    };
  }

  private static Optional<String> key(ApiEntity entity, Admitted head) {
    return head.fields()
        .first(entity.keyNames().header())
        .or(() -> parameter(head.query(), entity.keyNames().query()));
  }

  private static Optional<String> parameter(String query, String name) {
    for (String each : query.split("&", -1)) {
      if (each.startsWith(name + "=")) {
        return decoded(each.substring(name.length() + 1));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> decoded(String text) {
    try {
      return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private Route route(
      Loaded now,
      ApiOptions api,
      ApiEntity entity,
      ApiPolicies.Found found,
      Admission.Admitted admitted,
      String key,
      Admitted head) {
    GatewayOptions options = now.set.options();
    Url service = Urls.parse(api.backends().getFirst()).orElseThrow();
    Plan plan =
        now.plans.computeIfAbsent(admitted.policy(), policy -> Plan.of(policy, options.profile()));
    var apiView = api(entity, service);
    var surroundings =
        new Surroundings(
            apiView,
            operation(found),
            admitted.product().map(product -> product(product, apiView)),
            admitted.subscription().map(it -> subscription(it, key)),
            admitted.subscription().flatMap(SubscriptionEntity::user).map(GatewayRoutes::user),
            new PolicyContext.Deployment(
                "",
                options.service(),
                options.service(),
                "managed",
                options.service(),
                now.certificates),
            found.operation().map(OperationEntity::samples).orElseGet(List::of),
            now.backends,
            options.certificates(),
            options.profile(),
            limits);
    return new Route.Governed(plan, surroundings, service, path(api, head), found.parameters());
  }

  private static String path(ApiOptions api, Admitted head) {
    if (!api.stripPath() || api.path().equals("/")) {
      return head.path();
    }
    String rest = head.path().substring(api.path().length());
    return rest.startsWith("/") ? rest : "/" + rest;
  }

  private static PolicyContext.Api api(ApiEntity entity, Url service) {
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

  private static PolicyContext.Operation operation(ApiPolicies.Found found) {
    return found
        .operation()
        .map(it -> new PolicyContext.Operation(it.id(), it.name(), it.method(), it.urlTemplate()))
        .orElseGet(() -> new PolicyContext.Operation("", "", "", ""));
  }

  private static PolicyContext.Product product(ProductEntity entity, PolicyContext.Api api) {
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

  private static PolicyContext.Subscription subscription(SubscriptionEntity entity, String key) {
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

  private static PolicyContext.User user(UserEntity entity) {
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
