package io.ccrelay.proxy.policy;

import io.ccrelay.policy.ApiEntity;
import io.ccrelay.policy.BackendEntity;
import io.ccrelay.policy.GatewayOptions;
import io.ccrelay.policy.IdentityOptions;
import io.ccrelay.policy.KeyNames;
import io.ccrelay.policy.NamedValue;
import io.ccrelay.policy.PolicyException;
import io.ccrelay.policy.PolicySet;
import io.ccrelay.policy.PolicyText;
import io.ccrelay.policy.ProductEntity;
import io.ccrelay.policy.SubscriptionEntity;
import io.ccrelay.policy.UserEntity;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The policies of a {@link PolicyRelay}: one API, product, subscription and user. */
final class TestedPolicies {

  private final String backend;
  private final String service;

  /** Policies of an API before {@code backend} that may call {@code service}, both origins. */
  TestedPolicies(String backend, String service) {
    this.backend = backend;
    this.service = service;
  }

  /** All of them together. */
  PolicySet of(PolicyRelay.With with) {
    var api =
        new ApiEntity(
            "web",
            "web",
            "1",
            "/",
            backend,
            with.operations,
            Optional.of(new PolicyText("api.xml", placed(with.document))),
            with.subscribersOnly,
            KeyNames.DEFAULTS);
    var product = new ProductEntity("gold", "gold", List.of("web"), true, Set.of(), with.product);
    var alice = new UserEntity("alice", "alice@example.org", "Alice", "A", Set.of("devs"));
    var subscription =
        new SubscriptionEntity(
            "sub-1",
            "sub",
            List.of(PolicyRelay.KEY),
            Optional.of("gold"),
            Optional.empty(),
            Optional.of(alice),
            Optional.of(relayStart()));
    var options =
        new GatewayOptions(
            "cc-relay",
            Optional.of(
                new PolicyText(
                    "global.xml",
                    "<policies><inbound /><backend><forward-request /></backend><outbound /><on-error /></policies>")),
            List.of(api),
            List.of(product),
            List.of(subscription),
            named(with.names),
            with.fragments,
            Map.of(
                "second", new BackendEntity("second", service, Map.of("api-key", "s3")),
                "open", new BackendEntity("open", service, Map.of())),
            List.of(),
            false,
            with.profile,
            new IdentityOptions.None(),
            with.externalCache,
            with.certificates);
    try {
      return PolicySet.of(options);
    } catch (PolicyException e) {
      throw new AssertionError(e.problems().toString(), e);
    }
  }

  private Map<String, NamedValue> named(Map<String, String> names) {
    var values = new HashMap<String, NamedValue>();
    String port = String.valueOf(URI.create(service).getPort());
    names.forEach(
        (name, value) -> values.put(name, new NamedValue(value.replace("PORT", port), false)));
    return values;
  }

  private static Instant relayStart() {
    return Instant.parse("2020-01-01T00:00:00Z");
  }

  /** Documents name the services of these tests by {@code BACKEND} and {@code SERVICE}. */
  private String placed(String document) {
    return document
        .replace("BACKEND", backend)
        .replace("SERVICE", "http://service.test:" + URI.create(service).getPort());
  }
}
