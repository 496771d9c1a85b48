package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import io.ccrelay.policy.expression.value.DateTime;
import io.ccrelay.policy.expression.value.TimeSpan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code context} and its variables; what it names is {@link EntityMembers}'. */
final class ContextMembers {

  private ContextMembers() {}

  /** {@code context.Variables}: read only; a name that is absent reads as null. */
  record Variables(Map<String, @Nullable Object> all) {}

  static void fill() {
    Types.CONTEXT
        .property("Request", "IRequest", a -> context(a).request())
        .property("Response", "IResponse", a -> context(a).response())
        .property("Variables", "IVariables", a -> new Variables(context(a).variables()))
        .property("Api", "IApi", a -> context(a).api())
        .property("Operation", "IOperation", a -> context(a).operation())
        .property("Product", "IProduct", a -> context(a).product())
        .property("Subscription", "ISubscription", a -> context(a).subscription())
        .property("User", "IUser", a -> context(a).user())
        .property("Deployment", "IDeployment", a -> context(a).deployment())
        .property("LastError", "ILastError", a -> context(a).lastError())
        .property("RequestId", "Guid", a -> context(a).requestId())
        .property("Timestamp", "DateTime", a -> DateTime.of(context(a).timestamp()))
        .property("Elapsed", "TimeSpan", a -> TimeSpan.of(context(a).elapsed()))
        .property("Tracing", "bool", a -> context(a).tracing())
        .method("Trace", 1, 1, "", ContextMembers::trace)
        .inherits(Types.OBJECT);
    Types.VARIABLES
        .property("Count", "int", a -> all(a).size())
        .property("Keys", "List", a -> new ArrayList<>(all(a).keySet()))
        .property("Values", "List", a -> new ArrayList<>(all(a).values()))
        .index("object", a -> all(a).get(a.text(0)))
        .method("ContainsKey", 1, 1, "bool", a -> all(a).containsKey(a.text(0)))
        .method("TryGetValue", 2, 2, "bool", ContextMembers::tryGet)
        .method("GetValueOrDefault", 1, 2, ClrType.GENERIC, ContextMembers::getOrDefault)
        .inherits(Types.SEQUENCE)
        .inherits(Types.OBJECT);
    EntityMembers.fill();
  }

  private static PolicyContext context(Args a) {
    return a.self(PolicyContext.class);
  }

  private static Map<String, @Nullable Object> all(Args a) {
    return a.self(Variables.class).all();
  }

  private static @Nullable Object trace(Args a) {
    a.budget().step();
    context(a).trace(Texts.of(a.get(0), a.frame));
    return null;
  }

  private static boolean tryGet(Args a) {
    a.out(1, all(a).get(a.text(0)));
    return all(a).containsKey(a.text(0));
  }

  /** The value if it is of the type asked for; the type may be that of the default. */
  private static @Nullable Object getOrDefault(Args a) {
    String name = a.text(0);
    TypeRef type = a.type();
    Object fallback = a.has(1) ? a.get(1) : null;
    if (!all(a).containsKey(name)) {
      return a.has(1) || type == null ? fallback : Casts.defaultOf(type);
    }
    Object value = all(a).get(name);
    if (type != null) {
      return value == null ? Casts.defaultOf(type) : Casts.cast(value, type, true);
    }
    boolean fits = value == null || fallback == null || Types.of(fallback).accepts(value);
    if (!fits && value != null && fallback != null) {
      throw ClrException.cast(Types.nameOf(value), Types.nameOf(fallback));
    }
    return value;
  }

  /** A moment as a date in UTC. */
  static @Nullable DateTime date(@Nullable Instant instant) {
    return instant == null ? null : DateTime.of(instant);
  }
}
