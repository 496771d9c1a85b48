package io.ccrelay.policy;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All documents of a gateway, read, composed and joined with the APIs they apply to. Immutable;
 * safe for use from any context. Two sets of equal options are equal.
 */
public final class PolicySet {

  /** No documents: no API is under policies. */
  public static final PolicySet NONE = new PolicySet(GatewayOptions.NONE, Map.of(), List.of());

  private final GatewayOptions options;
  private final Map<String, ApiPolicies> apis;
  private final List<PolicyWarning> warnings;

  private PolicySet(
      GatewayOptions options, Map<String, ApiPolicies> apis, List<PolicyWarning> warnings) {
    this.options = options;
    this.apis = apis;
    this.warnings = warnings;
  }

  /**
   * Reads all documents of {@code options}.
   *
   * @throws PolicyException with everything that is wrong with any of them
   */
  public static PolicySet of(GatewayOptions options) throws PolicyException {
    var findings = new Findings();
    var documents =
        new Documents(
            values(options), options.fragments(), options.skipUnknownPolicies(), findings);
    var composition = new Composition(documents, options.global());
    var subscribers = new Subscribers(options.subscriptions());
    var apis = new LinkedHashMap<String, ApiPolicies>();
    for (ApiEntity api : options.apis()) {
      if (governs(options, api)) {
        apis.put(api.name(), new ApiPolicies(api, options.products(), subscribers, composition));
      }
    }
    var references = new References(options, findings);
    composition.documents().forEach(references::check);
    findings.check();
    composition.documents().forEach(document -> Lints.check(document, findings));
    var lints = new GatewayLints(options, findings);
    composition
        .effective()
        .forEach(effective -> {
          Lints.check(effective, findings);
          lints.check(effective);
        });
    apis.values().forEach(api -> api.openTo().forEach(lints::checkWithoutSubscription));
    return new PolicySet(options, apis, findings.warnings());
  }

  private static Map<String, String> values(GatewayOptions options) {
    var values = new HashMap<String, String>();
    options.namedValues().forEach((name, named) -> values.put(name, named.value()));
    return values;
  }

  private static boolean governs(GatewayOptions options, ApiEntity api) {
    return api.own()
        || options.global().isPresent()
        || options.products().stream()
            .anyMatch(product -> product.policy().isPresent() && product.apis().contains(api.id()));
  }

  /** What the documents were read from. */
  public GatewayOptions options() {
    return options;
  }

  /** What is probably not meant. */
  public List<PolicyWarning> warnings() {
    return warnings;
  }

  /** The API named {@code name} if it is under policies; other APIs are served without. */
  public Optional<ApiPolicies> api(String name) {
    return Optional.ofNullable(apis.get(name));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PolicySet that && options.equals(that.options);
  }

  @Override
  public int hashCode() {
    return options.hashCode();
  }

  /** Without contents. */
  @Override
  public String toString() {
    return "PolicySet[" + apis.size() + " apis]";
  }
}
