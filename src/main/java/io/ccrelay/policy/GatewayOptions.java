package io.ccrelay.policy;

import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

  /**
   * What a name stands for in documents.
   *
   * @param secret whether it must not be shown
   */
  public record NamedValue(String value, boolean secret) {

    /** Without a secret. */
    @Override
    public String toString() {
      return secret ? "NamedValue[secret]" : "NamedValue[" + value + "]";
    }
  }

  /**
   * An API as documents see it.
   *
   * @param name joins it with the entry of {@code apis}
   * @param path prefix of the paths it serves, {@code /} for all
   * @param serviceUrl the first backend
   * @param operations none = every request is for an operation without a name
   * @param subscriptionRequired whether requests without a valid key are refused
   * @param keyNames where a key is looked for
   */
  public record ApiEntity(
      String id,
      String name,
      String revision,
      String path,
      String serviceUrl,
      List<OperationEntity> operations,
      Optional<PolicyText> policy,
      boolean subscriptionRequired,
      KeyNames keyNames) {

    /** Makes the list immutable. */
    public ApiEntity {
      operations = List.copyOf(operations);
    }

    /** Whether it has documents of its own. */
    public boolean own() {
      return policy.isPresent() || subscriptionRequired || !operations.isEmpty();
    }
  }

  /** Names of the header and of the query parameter with a subscription key. */
  public record KeyNames(String header, String query) {

    /** Azure's. */
    public static final KeyNames DEFAULTS =
        new KeyNames("Ocp-Apim-Subscription-Key", "subscription-key");
  }

  /**
   * An operation.
   *
   * @param method such as GET; {@code *} for any
   * @param urlTemplate path below that of the API, with <code>{name}</code> and, at its end, <code>
   *     {*name}</code>; a query names parameters: <code>/items/{id}?lang={lang}</code>
   * @param samples of its answers, for {@code mock-response}
   */
  public record OperationEntity(
      String id,
      String name,
      String method,
      String urlTemplate,
      Optional<PolicyText> policy,
      List<Sample> samples) {

    /** Makes the list immutable. */
    public OperationEntity {
      samples = List.copyOf(samples);
    }

    /** One without samples. */
    public OperationEntity(
        String id, String name, String method, String urlTemplate, Optional<PolicyText> policy) {
      this(id, name, method, urlTemplate, policy, List.of());
    }
  }

  /** An example of an operation's answer. */
  public record Sample(int status, String contentType, String body) {}

  /**
   * A product.
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

  /**
   * A subscription.
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

  /** A developer: {@code context.User}. */
  public record UserEntity(
      String id, String email, String firstName, String lastName, Set<String> groups) {

    /** Makes the set immutable. */
    public UserEntity {
      groups = Set.copyOf(groups);
    }
  }

  /**
   * A backend that documents name by its id.
   *
   * @param headers sent with every call, such as a credential
   */
  public record BackendEntity(String id, String url, Map<String, String> headers) {

    /** Keeps the order of the headers. */
    public BackendEntity {
      headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** Without the headers. */
    @Override
    public String toString() {
      return "BackendEntity[" + id + ", " + URI.create(url).getHost() + "]";
    }
  }
}
