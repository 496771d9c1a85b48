package io.ccrelay.policy;

import io.ccrelay.policy.expression.SourcePosition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Composes documents of several scopes, each read once and each set of documents composed once.
 * Confined to one thread.
 */
final class Composition {

  private final Documents documents;
  private final PolicyDocument global;
  private final IdentityHashMap<PolicyText, PolicyDocument> read = new IdentityHashMap<>();
  private final IdentityHashMap<PolicyDocument, Integer> numbers = new IdentityHashMap<>();
  private final Map<List<Integer>, EffectivePolicy> composed = new HashMap<>();

  Composition(Documents documents, Optional<PolicyText> global) {
    this.documents = documents;
    this.global = withForwarding(global.map(text -> read(text, Scope.GLOBAL)));
  }

  /** The composition of what is given, below the gateway's document. */
  EffectivePolicy of(
      Optional<PolicyText> product, Optional<PolicyText> api, Optional<PolicyText> operation) {
    var all = new ArrayList<PolicyDocument>();
    all.add(global);
    product.ifPresent(text -> all.add(read(text, Scope.PRODUCT)));
    api.ifPresent(text -> all.add(read(text, Scope.API)));
    operation.ifPresent(text -> all.add(read(text, Scope.OPERATION)));
    List<Integer> key = all.stream().map(this::number).toList();
    return composed.computeIfAbsent(key, _ -> EffectivePolicy.of(all));
  }

  Collection<PolicyDocument> documents() {
    return read.values();
  }

  Collection<EffectivePolicy> effective() {
    return composed.values();
  }

  private int number(PolicyDocument document) {
    return numbers.computeIfAbsent(document, _ -> numbers.size());
  }

  private PolicyDocument read(PolicyText text, Scope scope) {
    PolicyDocument known = read.get(text);
    if (known == null) {
      known = documents.read(text, scope);
      read.put(text, known);
    }
    return known;
  }

  /**
   * The gateway's document: {@code <base />} means nothing in the widest scope, and without a
   * backend section the request is forwarded.
   */
  private static PolicyDocument withForwarding(Optional<PolicyDocument> own) {
    var sections = new EnumMap<Section, List<Policy>>(Section.class);
    sections.put(Section.BACKEND, List.of(forward()));
    own.ifPresent(document ->
        document
            .sections()
            .forEach((section, statements) ->
                sections.put(
                    section,
                    statements.stream()
                        .filter(policy -> !(policy instanceof ControlPolicy.Base))
                        .toList())));
    String name = own.map(PolicyDocument::name).orElse("default");
    return new PolicyDocument(name, Scope.GLOBAL, sections);
  }

  private static CallPolicy.ForwardRequest forward() {
    return new CallPolicy.ForwardRequest(
        new Place(
            new SourcePosition("default", 1, 1),
            Scope.GLOBAL,
            Section.BACKEND,
            "forward-request[1]",
            Optional.empty()),
        Optional.empty(),
        Optional.empty(),
        CallPolicy.HttpVersion.ONE,
        PolicyValue.flag(false),
        PolicyValue.flag(false),
        PolicyValue.flag(true),
        PolicyValue.flag(false));
  }
}
