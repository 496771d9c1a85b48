package io.ccrelay.policy.run;

import io.ccrelay.policy.CachePolicy;
import io.ccrelay.policy.CallPolicy;
import io.ccrelay.policy.EffectivePolicy;
import io.ccrelay.policy.Expressions;
import io.ccrelay.policy.LlmPolicy;
import io.ccrelay.policy.Policy;
import io.ccrelay.policy.PolicyValue;
import io.ccrelay.policy.Profile;
import io.ccrelay.policy.Profile.CachedMethod;
import io.ccrelay.policy.Section;
import io.ccrelay.policy.TransformPolicy;
import io.ccrelay.policy.expression.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A policy and what has to be known before it runs: which bodies its statements look at. Made once
 * at load. Immutable; safe for use from any context.
 *
 * @param policy what runs
 * @param readsRequestBody whether the request must be received whole before it runs
 * @param readsResponseBody whether an answer of the backend must be received whole
 * @param stores whether an answer of the backend may be stored
 * @param countsTokens whether the end of an answer is looked at while it passes
 */
public record Plan(
    EffectivePolicy policy,
    boolean readsRequestBody,
    boolean readsResponseBody,
    boolean stores,
    boolean countsTokens) {

  /** The plan of {@code policy}. */
  public static Plan of(EffectivePolicy policy, Profile profile) {
    var all = new ArrayList<Policy>();
    for (Section section : Section.values()) {
      policy.section(section).forEach(statement -> collect(statement, all));
    }
    return new Plan(
        policy,
        any(all, Plan::looksAtRequest)
            || (profile.methods().contains(CachedMethod.POST)
                && any(all, CachePolicy.Lookup.class::isInstance))
            || reads(all, Expression::readsRequestBody),
        any(all, Plan::looksAtResponse) || reads(all, Expression::readsResponseBody),
        (any(all, CachePolicy.Store.class::isInstance)
                && any(all, CachePolicy.Lookup.class::isInstance))
            || (any(all, LlmPolicy.SemanticStore.class::isInstance)
                && any(all, LlmPolicy.SemanticLookup.class::isInstance)),
        any(all, Plan::countsTokens));
  }

  private static void collect(Policy statement, List<Policy> all) {
    all.add(statement);
    statement.nested().forEach(nested -> collect(nested, all));
  }

  private static boolean any(List<Policy> all, Predicate<Policy> wanted) {
    return all.stream().anyMatch(wanted);
  }

  /** A request that is sent more than once has to be at hand, too. */
  private static boolean looksAtRequest(Policy statement) {
    return statement instanceof io.ccrelay.policy.ControlPolicy.Retry
        || statement instanceof LlmPolicy.TokenLimit
        || statement instanceof LlmPolicy.SemanticLookup
        || isTemplate(statement)
        || sendsCopies(statement)
        || converts(statement, Section.INBOUND)
        || converts(statement, Section.BACKEND);
  }

  private static boolean looksAtResponse(Policy statement) {
    return isTemplate(statement)
        || converts(statement, Section.OUTBOUND)
        || converts(statement, Section.ON_ERROR);
  }

  private static boolean countsTokens(Policy statement) {
    return statement instanceof LlmPolicy.TokenLimit
        || statement instanceof LlmPolicy.EmitTokenMetric;
  }

  private static boolean isTemplate(Policy statement) {
    return statement instanceof TransformPolicy.SetBody body
        && body.template() == TransformPolicy.BodyTemplate.LIQUID;
  }

  private static boolean sendsCopies(Policy statement) {
    return switch (statement) {
      case CallPolicy.SendRequest send -> copies(send.call());
      case CallPolicy.SendOneWayRequest send -> copies(send.call());
      default -> false;
    };
  }

  private static boolean copies(CallPolicy.Call call) {
    return !call.mode()
        .equals(new PolicyValue.Literal<>(CallPolicy.Mode.class, CallPolicy.Mode.NEW));
  }

  private static boolean converts(Policy statement, Section where) {
    return statement.place().section() == where
        && (statement instanceof TransformPolicy.FindAndReplace
            || statement instanceof TransformPolicy.JsonToXml
            || statement instanceof TransformPolicy.XmlToJson);
  }

  private static boolean reads(List<Policy> all, Predicate<Expression> which) {
    return all.stream().flatMap(Expressions::in).anyMatch(which);
  }
}
