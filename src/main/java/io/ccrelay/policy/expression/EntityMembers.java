package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.PolicyContext.Api;
import io.ccrelay.policy.expression.PolicyContext.Deployment;
import io.ccrelay.policy.expression.PolicyContext.Group;
import io.ccrelay.policy.expression.PolicyContext.Identity;
import io.ccrelay.policy.expression.PolicyContext.LastError;
import io.ccrelay.policy.expression.PolicyContext.Operation;
import io.ccrelay.policy.expression.PolicyContext.Product;
import io.ccrelay.policy.expression.PolicyContext.Subscription;
import io.ccrelay.policy.expression.PolicyContext.User;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the context names: API, operation, product, subscription, user, deployment, last error. */
final class EntityMembers {

  private EntityMembers() {}

  /** The members of an entity while they are listed. */
  private record Table<E>(ClrType type, Class<E> of) {
    Table<E> texts(String name, Function<E, @Nullable Object> get) {
      return has(name, "string", get);
    }

    Table<E> has(String name, String result, Function<E, @Nullable Object> get) {
      type.property(name, result, a -> get.apply(a.self(of)));
      return this;
    }

    void end() {
      type.inherits(Types.OBJECT);
    }
  }

  private static <E> Table<E> table(String name, Class<E> of) {
    return new Table<>(Types.declare("", name, of), of);
  }

  static void fill() {
    api();
    product();
    people();
    place();
  }

  private static void api() {
    table("IApi", Api.class)
        .texts("Id", Api::id)
        .texts("Name", Api::name)
        .texts("Path", Api::path)
        .texts("Revision", Api::revision)
        .texts("Version", Api::version)
        .has("IsCurrentRevision", "bool", Api::isCurrentRevision)
        .has("IsRevisionCurrent", "bool", Api::isCurrentRevision)
        .has("Protocols", "List", Api::protocols)
        .has("ServiceUrl", "IUrl", Api::serviceUrl)
        .has("SubscriptionKeyParameterNames", "ISubscriptionKeyParameterNames", KeyNames::of)
        .end();
    table("ISubscriptionKeyParameterNames", KeyNames.class)
        .texts("Header", KeyNames::header)
        .texts("Query", KeyNames::query)
        .end();
    table("IOperation", Operation.class)
        .texts("Id", Operation::id)
        .texts("Name", Operation::name)
        .texts("Method", Operation::method)
        .texts("UrlTemplate", Operation::urlTemplate)
        .end();
  }

  private static void product() {
    table("IProduct", Product.class)
        .texts("Id", Product::id)
        .texts("Name", Product::name)
        .texts("State", Product::state)
        .has("ApprovalRequired", "bool", Product::approvalRequired)
        .has("SubscriptionRequired", "bool", Product::subscriptionRequired)
        .has("SubscriptionLimit", "", Product::subscriptionLimit)
        .has("SubscriptionsLimit", "", Product::subscriptionLimit)
        .has("Groups", "List", Product::groups)
        .has("Apis", "List", Product::apis)
        .end();
    table("ISubscription", Subscription.class)
        .texts("Id", Subscription::id)
        .texts("Name", Subscription::name)
        .texts("Key", Subscription::key)
        .texts("PrimaryKey", Subscription::primaryKey)
        .texts("SecondaryKey", Subscription::secondaryKey)
        .has("CreatedDate", "DateTime", it -> ContextMembers.date(it.createdDate()))
        .has("StartDate", "DateTime", it -> ContextMembers.date(it.startDate()))
        .has("EndDate", "DateTime", it -> ContextMembers.date(it.endDate()))
        .end();
  }

  private static void people() {
    table("IUser", User.class)
        .texts("Id", User::id)
        .texts("Email", User::email)
        .texts("FirstName", User::firstName)
        .texts("LastName", User::lastName)
        .texts("Note", User::note)
        .has("RegistrationDate", "DateTime", it -> ContextMembers.date(it.registrationDate()))
        .has("Groups", "List", User::groups)
        .has("Identities", "List", User::identities)
        .end();
    table("IGroup", Group.class).texts("Id", Group::id).texts("Name", Group::name).end();
    table("IUserIdentity", Identity.class)
        .texts("Id", Identity::id)
        .texts("Provider", Identity::provider)
        .end();
  }

  private static void place() {
    table("IDeployment", Deployment.class)
        .texts("Region", Deployment::region)
        .texts("ServiceId", Deployment::serviceId)
        .texts("ServiceName", Deployment::serviceName)
        .texts("GatewayId", Deployment::gatewayId)
        .has("Certificates", "Dictionary", Deployment::certificates)
        .has("Gateway", "IGateway", it -> new Gateway(it.gatewayId(), it.instanceId()))
        .end();
    table("IGateway", Gateway.class)
        .texts("Id", Gateway::id)
        .texts("InstanceId", Gateway::instanceId)
        .has("IsManaged", "bool", it -> it.id().equals("managed"))
        .end();
    table("ILastError", LastError.class)
        .texts("Source", LastError::source)
        .texts("Reason", LastError::reason)
        .texts("Message", LastError::message)
        .texts("Scope", LastError::scope)
        .texts("Section", LastError::section)
        .texts("Path", LastError::path)
        .texts("PolicyId", LastError::policyId)
        .end();
  }

  /** {@code ISubscriptionKeyParameterNames}. */
  private record KeyNames(String header, String query) {
    static KeyNames of(Api api) {
      return new KeyNames(api.subscriptionKeyHeader(), api.subscriptionKeyQuery());
    }
  }

  /** {@code IGateway}. */
  private record Gateway(String id, String instanceId) {}
}
