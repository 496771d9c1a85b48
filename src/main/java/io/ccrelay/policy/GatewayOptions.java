package io.ccrelay.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything documents refer to, and the documents.
 *
 * <p>APIs are those of {@code apis}: an API keeps its path, backend and time-outs there, and is
 * here only with what documents need to know of it. {@link ApiEntity#name} joins both.
 *
 * @param service name of the gateway: {@code context.Deployment.ServiceName}, part of keys
 * @param global the document of the widest scope
 * @param apis in the order of the configuration
 * @param namedValues what <code>{{name}}</code> stands for, by name
 * @param fragments by id
 * @param backends by id
 * @param destinations services that documents may call beside backends and APIs: {@code host},
 *     {@code *.domain}, each with {@code :port} or not, after {@code private:} also at addresses
 *     that are not public
 * @param skipUnknownPolicies whether unknown policies are skipped with a warning, not refused
 * @param identity where tokens for other services come from
 * @param externalCache what {@code cache-id} calls the external cache, if there is one
 * @param certificates that documents name by id or thumbprint
 */
public record GatewayOptions(
    String service,
    Optional<PolicyText> global,
    List<ApiEntity> apis,
    List<ProductEntity> products,
    List<SubscriptionEntity> subscriptions,
    Map<String, NamedValue> namedValues,
    Map<String, PolicyText> fragments,
    Map<String, BackendEntity> backends,
    List<String> destinations,
    boolean skipUnknownPolicies,
    Profile profile,
    IdentityOptions identity,
    Optional<String> externalCache,
    Map<String, CertificateEntity> certificates) {

  /** No documents. */
  public static final GatewayOptions NONE =
      new GatewayOptions(
          "cc-relay",
          Optional.empty(),
          List.of(),
          List.of(),
          List.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          List.of(),
          false,
          Profile.DEFAULTS,
          new IdentityOptions.None(),
          Optional.empty(),
          Map.of());

  /** Makes the collections immutable. */
  public GatewayOptions {
    apis = List.copyOf(apis);
    destinations = List.copyOf(destinations);
    products = List.copyOf(products);
    subscriptions = List.copyOf(subscriptions);
    namedValues = Map.copyOf(namedValues);
    fragments = Map.copyOf(fragments);
    backends = Map.copyOf(backends);
    certificates = Map.copyOf(certificates);
  }

  /** Whether any document applies to anything. */
  public boolean any() {
    return global.isPresent()
        || products.stream().anyMatch(product -> product.policy().isPresent())
        || apis.stream().anyMatch(ApiEntity::own);
  }

  /** Without named values and keys. */
  @Override
  public String toString() {
    return "GatewayOptions[" + service + ", " + apis.size() + " apis]";
  }
}
