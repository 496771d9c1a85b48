package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.X509;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * {@code context}: what an expression may know of the call. The host implements it over its own
 * state; all of it is read only for expressions. Confined to one context.
 */
public interface PolicyContext {

  /** The request. */
  RequestView request();

  /** The response; before the backend answered, the empty response with status 200. */
  ResponseView response();

  /** The variables by name. */
  Map<String, @Nullable Object> variables();

  /** The API called. */
  Api api();

  /** The operation called. */
  Operation operation();

  /** The product of the subscription, if the call has one. */
  @Nullable Product product();

  /** The subscription whose key the client showed, if any. */
  @Nullable Subscription subscription();

  /** The developer who owns the subscription, if known. */
  @Nullable User user();

  /** Where the relay runs. */
  Deployment deployment();

  /** The error that led to {@code on-error}, if any. */
  @Nullable LastError lastError();

  /** Identifier of the call. */
  UUID requestId();

  /** When the call arrived. */
  Instant timestamp();

  /** Time since the call arrived. */
  Duration elapsed();

  /** Whether the call is traced. */
  boolean tracing();

  /** Writes a line to the trace. */
  void trace(String message);

  /** The time of day, for {@code DateTime.UtcNow} and its like. */
  Instant now();

  /** Randomness, for {@code Guid.NewGuid()} and {@code new Random()}. */
  Entropy entropy();

  /** {@code IApi}. */
  record Api(
      String id,
      String name,
      String path,
      String revision,
      String version,
      boolean isCurrentRevision,
      List<String> protocols,
      @Nullable Url serviceUrl,
      String subscriptionKeyHeader,
      String subscriptionKeyQuery) {}

  /** {@code IOperation}. */
  record Operation(String id, String name, String method, String urlTemplate) {}

  /** {@code IProduct}. */
  record Product(
      String id,
      String name,
      String state,
      boolean approvalRequired,
      boolean subscriptionRequired,
      @Nullable Integer subscriptionLimit,
      List<Group> groups,
      List<Api> apis) {}

  /** {@code IGroup}. */
  record Group(String id, String name) {}

  /** {@code ISubscription}; {@code key} is the key the client showed. */
  record Subscription(
      String id,
      String name,
      String key,
      String primaryKey,
      String secondaryKey,
      @Nullable Instant createdDate,
      @Nullable Instant startDate,
      @Nullable Instant endDate) {

    /** Without the keys. */
    @Override
    public String toString() {
      return "Subscription[" + id + "]";
    }
  }

  /** {@code IUser}. */
  record User(
      String id,
      String email,
      String firstName,
      String lastName,
      String note,
      @Nullable Instant registrationDate,
      List<Group> groups,
      List<Identity> identities) {}

  /** {@code IUserIdentity}. */
  record Identity(String id, String provider) {}

  /** {@code IDeployment}. */
  record Deployment(
      String region,
      String serviceId,
      String serviceName,
      String gatewayId,
      String instanceId,
      Map<String, X509> certificates) {}

  /** {@code ILastError}. */
  record LastError(
      String source,
      String reason,
      String message,
      String scope,
      String section,
      String path,
      String policyId) {}
}
