package io.ccrelay.policy;

import io.ccrelay.policy.expression.Expression;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks for what is probably not meant in documents that can run. */
final class Lints {

  private static final double LOOSEST = 0.2;

  /** What the reference allows once in a section, and what does nothing better twice. */
  private static final List<Class<? extends Policy>> ONCE =
      List.of(
          CachePolicy.Lookup.class,
          CachePolicy.Store.class,
          LlmPolicy.SemanticLookup.class,
          LlmPolicy.SemanticStore.class,
          LimitPolicy.RateLimit.class,
          LimitPolicy.Quota.class,
          CallPolicy.ForwardRequest.class,
          SecurityPolicy.Cors.class);

  private Lints() {}

  /** What concerns one document. */
  static void check(PolicyDocument document, Findings findings) {
    document.sections().values().forEach(statements -> sequence(statements, findings));
    document.sections().values().stream()
        .flatMap(Lints::all)
        .forEach(policy -> statement(policy, findings));
  }

  /** What concerns the documents of all scopes together. */
  static void check(EffectivePolicy effective, Findings findings) {
    List<Policy> inbound = all(effective.section(Section.INBOUND)).toList();
    List<Policy> outbound = all(effective.section(Section.OUTBOUND)).toList();
    pairs(inbound, outbound, CachePolicy.Lookup.class, CachePolicy.Store.class, findings);
    pairs(
        inbound, outbound, LlmPolicy.SemanticLookup.class, LlmPolicy.SemanticStore.class, findings);
    limits(inbound, findings);
    forward(effective, findings);
    consumption(effective, findings);
  }

  /** Whoever reads the body last leaves it for the backend, or puts another in its place. */
  private static void consumption(EffectivePolicy effective, Findings findings) {
    var before =
        Stream.of(Section.INBOUND, Section.BACKEND)
            .flatMap(section -> all(effective.section(section)))
            .toList();
    boolean replaced = before.stream().anyMatch(TransformPolicy.SetBody.class::isInstance);
    boolean ends = effective.section(Section.INBOUND).stream().anyMatch(Lints::ends);
    before.stream()
        .filter(_ -> !replaced && !ends)
        .filter(policy -> own(policy).anyMatch(Expression::consumesRequestBody))
        .findFirst()
        .ifPresent(policy -> warn(policy, Lint.BODY_CONSUMED, findings));
    before.stream()
        .filter(policy -> own(policy).anyMatch(Expression::readsRequestBody))
        .findFirst()
        .ifPresent(policy -> warn(policy, Lint.BODY_HELD, findings));
  }

  /** The expressions of {@code policy} that are not those of a statement inside. */
  private static Stream<Expression> own(Policy policy) {
    Set<Expression> inside =
        policy.nested().stream().flatMap(Expressions::in).collect(Collectors.toSet());
    return Expressions.in(policy).filter(expression -> !inside.contains(expression));
  }

  private static void pairs(
      List<Policy> inbound,
      List<Policy> outbound,
      Class<? extends Policy> lookup,
      Class<? extends Policy> store,
      Findings findings) {
    Optional<Policy> asked = inbound.stream().filter(lookup::isInstance).findFirst();
    Optional<Policy> kept = outbound.stream().filter(store::isInstance).findFirst();
    if (asked.isPresent() && kept.isEmpty()) {
      warn(asked.get(), Lint.LOOKUP_WITHOUT_STORE, findings);
    }
    if (kept.isPresent() && asked.isEmpty()) {
      warn(kept.get(), Lint.STORE_WITHOUT_LOOKUP, findings);
    }
  }

  /** The cache may be down: then only a limit after the look-up protects the backend. */
  private static void limits(List<Policy> inbound, Findings findings) {
    for (int i = 0; i < inbound.size(); i++) {
      Policy policy = inbound.get(i);
      boolean lookup =
          policy instanceof CachePolicy.Lookup || policy instanceof LlmPolicy.SemanticLookup;
      if (lookup && inbound.subList(i, inbound.size()).stream().noneMatch(Lints::limits)) {
        warn(policy, Lint.NO_LIMIT_AFTER_LOOKUP, findings);
      }
    }
  }

  private static boolean limits(Policy policy) {
    return policy instanceof LimitPolicy
        || policy instanceof LlmPolicy.TokenLimit
        || policy instanceof ControlPolicy.LimitConcurrency;
  }

  private static void forward(EffectivePolicy effective, Findings findings) {
    List<Policy> backend = effective.section(Section.BACKEND);
    Predicate<Policy> answers =
        policy ->
            policy instanceof CallPolicy.ForwardRequest
                || policy instanceof ControlPolicy.ReturnResponse;
    if (!backend.isEmpty() && all(backend).noneMatch(answers)) {
      warn(backend.getFirst(), Lint.NO_FORWARD, findings);
    }
  }

  /** Statements that follow each other, at every depth. */
  private static void sequence(List<Policy> statements, Findings findings) {
    for (int i = 0; i + 1 < statements.size(); i++) {
      if (ends(statements.get(i))) {
        warn(statements.get(i + 1), Lint.UNREACHABLE, findings);
        break;
      }
    }
    var seen = new HashSet<Class<?>>();
    for (Policy statement : statements) {
      if (statement instanceof ControlPolicy.Choose choose) {
        decided(choose, findings);
      }
      if (ONCE.contains(statement.getClass()) && !seen.add(statement.getClass())) {
        warn(statement, Lint.REPEATED, findings);
      }
      branches(statement).forEach(branch -> sequence(branch, findings));
    }
  }

  /** Nothing is asked behind a condition that always holds. */
  private static void decided(ControlPolicy.Choose choose, Findings findings) {
    boolean certain = false;
    for (ControlPolicy.When when : choose.whens()) {
      if (certain || isLiteral(when.condition(), false)) {
        findings.warning(when.place().position(), Lint.UNREACHABLE, when.place().path());
      }
      certain = certain || isLiteral(when.condition(), true);
    }
  }

  /** Whether nothing after {@code policy} runs. */
  private static boolean ends(Policy policy) {
    return switch (policy) {
      case ControlPolicy.ReturnResponse _, ControlPolicy.MockResponse _ -> true;
      case ControlPolicy.Choose choose ->
          !choose.otherwise().isEmpty() && branches(choose).allMatch(Lints::endsSomewhere);
      default -> false;
    };
  }

  private static boolean endsSomewhere(List<Policy> branch) {
    return branch.stream().anyMatch(Lints::ends);
  }

  private static Stream<List<Policy>> branches(Policy policy) {
    return switch (policy) {
      case ControlPolicy.Choose choose ->
          Stream.concat(
              choose.whens().stream().map(ControlPolicy.When::body), Stream.of(choose.otherwise()));
      case ControlPolicy.Wait _ -> Stream.of();
      case Policy other -> Stream.of(other.nested());
    };
  }

  private static void statement(Policy policy, Findings findings) {
    switch (policy) {
      case CachePolicy.Lookup lookup -> lookup(lookup, findings);
      case CachePolicy.Store store -> duration(store, store.duration(), findings);
      case CachePolicy.StoreValue store -> duration(store, store.duration(), findings);
      case LlmPolicy.SemanticStore store -> duration(store, store.duration(), findings);
      case LlmPolicy.SemanticLookup lookup -> semantic(lookup, findings);
      case CachePolicy.CachedValue value -> refresh(value, findings);
      default -> {
        // Nothing is doubtful about the others by themselves.
      }
    }
  }

  private static void lookup(CachePolicy.Lookup lookup, Findings findings) {
    boolean shared = !isLiteral(lookup.allowPrivateResponseCaching(), false);
    boolean varies =
        lookup.varyByHeaders().stream().anyMatch("Authorization"::equalsIgnoreCase)
            || isLiteral(lookup.varyByDeveloper(), true);
    if (shared && !varies) {
      warn(lookup, Lint.SHARED_PRIVATE, findings);
    }
  }

  private static void semantic(LlmPolicy.SemanticLookup lookup, Findings findings) {
    if (lookup.scoreThreshold() instanceof PolicyValue.Literal<Double>(var _, Double threshold)
        && threshold > LOOSEST) {
      warn(lookup, Lint.LOOSE_THRESHOLD, findings);
    }
    if (lookup.varyBy().isEmpty()) {
      warn(lookup, Lint.SEMANTIC_WITHOUT_VARY, findings);
    }
  }

  private static void refresh(CachePolicy.CachedValue value, Findings findings) {
    boolean late =
        value.expiresAfter() instanceof PolicyValue.Literal<Integer>(var _, Integer expires)
            && value.refreshAfter().isPresent()
            && value.refreshAfter().get()
                instanceof PolicyValue.Literal<Integer>(var _, Integer refresh)
            && refresh >= expires;
    if (late) {
      warn(value, Lint.NO_EARLY_REFRESH, findings);
    }
  }

  private static void duration(Policy policy, PolicyValue<Integer> seconds, Findings findings) {
    if (isLiteral(seconds, 0)) {
      warn(policy, Lint.DURATION_ZERO, findings);
    }
  }

  private static <T> boolean isLiteral(PolicyValue<T> value, T wanted) {
    return value instanceof PolicyValue.Literal<T>(var _, T found) && found.equals(wanted);
  }

  static Stream<Policy> all(List<Policy> statements) {
    return statements.stream()
        .flatMap(policy -> Stream.concat(Stream.of(policy), all(policy.nested())));
  }

  static void warn(Policy policy, Lint lint, Findings findings) {
    String path = policy.place().path();
    findings.warning(policy.place().position(), lint, path);
  }
}
