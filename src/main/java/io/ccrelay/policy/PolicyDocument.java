package io.ccrelay.policy;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One document as it was read: the statements of its sections, fragments inserted, {@code <base />}
 * where it stands.
 *
 * @param name of the document, as errors give it
 * @param sections only those the document has; one without statements is not one that is absent
 */
public record PolicyDocument(String name, Scope scope, Map<Section, List<Policy>> sections) {

  /** Makes the collections immutable. */
  public PolicyDocument {
    var copy = new EnumMap<Section, List<Policy>>(Section.class);
    sections.forEach((section, statements) -> copy.put(section, List.copyOf(statements)));
    sections = Map.copyOf(copy);
  }

  /** The statements of {@code section}; empty if the document does not have it. */
  public Optional<List<Policy>> section(Section section) {
    return Optional.ofNullable(sections.get(section));
  }
}
