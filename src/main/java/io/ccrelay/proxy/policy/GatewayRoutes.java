package io.ccrelay.proxy.policy;

import io.ccrelay.policy.Admission;
import io.ccrelay.policy.ApiEntity;
import io.ccrelay.policy.ApiPolicies;
import io.ccrelay.policy.EffectivePolicy;
import io.ccrelay.policy.GatewayOptions;
import io.ccrelay.policy.OperationEntity;
import io.ccrelay.policy.PolicySet;
import io.ccrelay.policy.Section;
import io.ccrelay.policy.SecurityPolicy.Cors;
import io.ccrelay.policy.SubscriptionEntity;
import io.ccrelay.policy.expression.PolicyContext;
import io.ccrelay.policy.expression.Url;
import io.ccrelay.policy.expression.value.X509;
import io.ccrelay.policy.run.Opening;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The ways that the documents of a gateway give. Safe for use from any context. */
public final class GatewayRoutes implements PolicyRoutes {

  private static final Route PLAIN = new Route.Plain();

  private static final String NO_KEY =
      "Access denied due to missing subscription key. Make sure to include subscription key when"
          + " making requests to an API.";
  private static final String INVALID_KEY =
      "Access denied due to invalid subscription key. Make sure to provide a valid key for an"
          + " active subscription.";
  private static final Opening.Refusal NO_OPERATION =
      new Opening.Refusal(
          "configuration",
          "OperationNotFound",
          "Unable to match incoming request to an operation.",
          404,
          "Resource not found");

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
      set.options().certificates().forEach((id, one) -> certificates.put(id, one.identity()));
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
    var meeting = new Meeting(now, api, governed.get(), head);
    return preflight(meeting, method).orElseGet(() -> route(meeting, method));
  }

  /** A request on its way to the operations of an API. */
  private record Meeting(Loaded now, ApiOptions api, ApiPolicies policies, Admitted head) {

    Optional<ApiPolicies.Found> operation(String method) {
      return policies.operation(method, head.path(), head.query());
    }

    Optional<String> key() {
      return GatewayRoutes.key(policies.entity(), head);
    }
  }

  private Route route(Meeting meeting, String method) {
    var found = meeting.operation(method);
    if (found.isEmpty()) {
      return refused(meeting, ApiPolicies.noOperation(), NO_OPERATION);
    }
    return switch (meeting.policies().admit(found.get(), meeting.key())) {
      case Admission.Refused(var reason) -> refused(meeting, found.get(), denied(reason));
      case Admission.Admitted admitted ->
          route(meeting, found.get(), admitted, new Opening.Inbound());
    };
  }

  private Route refused(Meeting meeting, ApiPolicies.Found found, Opening.Refusal refusal) {
    return route(meeting, found, meeting.policies().unasked(found, meeting.key()), refusal);
  }

  private static Opening.Refusal denied(Admission.Reason reason) {
    String message = reason == Admission.Reason.NO_KEY ? NO_KEY : INVALID_KEY;
    return new Opening.Refusal("authorization", reason.token(), message, 401, message);
  }

  /**
   * What a browser asks before a script may call (Fetch standard, CORS-preflight request), where a
   * document says who may: no operation has to allow OPTIONS for it.
   */
  private Optional<Route> preflight(Meeting meeting, String method) {
    Optional<String> wanted = meeting.head().fields().first("Access-Control-Request-Method");
    if (!method.equals("OPTIONS") || wanted.isEmpty() || !meeting.head().fields().has("Origin")) {
      return Optional.empty();
    }
    return meeting
        .operation(wanted.get())
        .or(() -> meeting.operation(method))
        .flatMap(found -> preflight(meeting, found));
  }

  private Optional<Route> preflight(Meeting meeting, ApiPolicies.Found found) {
    var admitted = meeting.policies().unasked(found, meeting.key());
    return admitted.policy().section(Section.INBOUND).stream().anyMatch(Cors.class::isInstance)
        ? Optional.of(route(meeting, found, admitted, new Opening.Preflight()))
        : Optional.empty();
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
      Meeting meeting, ApiPolicies.Found found, Admission.Admitted admitted, Opening opening) {
    Loaded now = meeting.now();
    ApiOptions api = meeting.api();
    ApiEntity entity = meeting.policies().entity();
    String key = meeting.key().orElse("");
    GatewayOptions options = now.set.options();
    Url service = Urls.parse(api.backends().getFirst()).orElseThrow();
    Plan plan =
        now.plans.computeIfAbsent(admitted.policy(), policy -> Plan.of(policy, options.profile()));
    var apiView = EntityViews.api(entity, service);
    var surroundings =
        new Surroundings(
            apiView,
            EntityViews.operation(found),
            admitted.product().map(product -> EntityViews.product(product, apiView)),
            admitted.subscription().map(it -> EntityViews.subscription(it, key)),
            admitted.subscription().flatMap(SubscriptionEntity::user).map(EntityViews::user),
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
    return new Route.Governed(
        plan, surroundings, service, path(api, meeting.head()), found.parameters(), opening);
  }

  private static String path(ApiOptions api, Admitted head) {
    if (!api.stripPath() || api.path().equals("/")) {
      return head.path();
    }
    String rest = head.path().substring(api.path().length());
    return rest.startsWith("/") ? rest : "/" + rest;
  }
}
