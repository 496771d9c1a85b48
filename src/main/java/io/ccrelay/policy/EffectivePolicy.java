package io.ccrelay.policy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * What runs for a request: the documents of all scopes in one, every {@code <base />} replaced by
 * the same section of the next wider scope. Compare by identity: equal sets of documents give one
 * instance.
 */
public final class EffectivePolicy {

  private final Map<Section, List<Policy>> sections = new EnumMap<>(Section.class);

  private EffectivePolicy() {}

  /**
   * The composition of {@code documents}, widest scope first. A section that a document has
   * replaces those of wider scopes except where it says {@code <base />}; a section that a document
   * lacks leaves them.
   */
  public static EffectivePolicy of(List<PolicyDocument> documents) {
    var effective = new EffectivePolicy();
    for (Section section : Section.values()) {
      List<Policy> statements = List.of();
      for (PolicyDocument document : documents) {
        List<Policy> wider = statements;
        statements =
            document.section(section).map(own -> List.copyOf(expanded(own, wider))).orElse(wider);
      }
      effective.sections.put(section, statements);
    }
    return effective;
  }

  private static List<Policy> expanded(List<Policy> own, List<Policy> wider) {
    var statements = new ArrayList<Policy>();
    for (Policy statement : own) {
      if (statement instanceof ControlPolicy.Base) {
        statements.addAll(wider);
      } else {
        statements.add(statement);
      }
    }
    return statements;
  }

  /** The statements of {@code section}, in the order in which they run. */
  public List<Policy> section(Section section) {
    return sections.getOrDefault(section, List.of());
  }

  /**
   * Where outbound goes on after a hit of {@code cache-lookup}: the index after the last top-level
   * statement that is or contains {@code cache-store}; empty if there is none, and so no hit.
   */
  public OptionalInt afterStore() {
    return afterLast(CachePolicy.Store.class::isInstance);
  }

  /** As {@link #afterStore}, for the semantic cache. */
  public OptionalInt afterSemanticStore() {
    return afterLast(LlmPolicy.SemanticStore.class::isInstance);
  }

  private OptionalInt afterLast(Predicate<Policy> wanted) {
    var outbound = section(Section.OUTBOUND);
    for (int i = outbound.size(); i > 0; i--) {
      if (contains(outbound.get(i - 1), wanted)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  private static boolean contains(Policy statement, Predicate<Policy> wanted) {
    return wanted.test(statement)
        || statement.nested().stream().anyMatch(nested -> contains(nested, wanted));
  }
}
