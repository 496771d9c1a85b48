package io.ccrelay.policy;

import java.util.List;
import java.util.Map;

/**
 * Reads single documents. {@link PolicySet} reads all of a gateway. Immutable; safe for use from
 * any thread.
 */
public final class PolicyReader {

  private final Map<String, String> namedValues;
  private final Map<String, PolicyText> fragments;
  private final boolean skipUnknown;

  /**
   * Reads documents.
   *
   * @param namedValues what <code>{{name}}</code> stands for, by name
   * @param fragments by id
   * @param skipUnknown whether unknown policies are skipped with a warning, instead of refused
   */
  public PolicyReader(
      Map<String, String> namedValues, Map<String, PolicyText> fragments, boolean skipUnknown) {
    this.namedValues = Map.copyOf(namedValues);
    this.fragments = Map.copyOf(fragments);
    this.skipUnknown = skipUnknown;
  }

  /**
   * A document that can run.
   *
   * @param warnings what is probably not meant
   */
  public record Read(PolicyDocument document, List<PolicyWarning> warnings) {

    /** Makes the list immutable. */
    public Read {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * The document {@code text} is.
   *
   * @throws PolicyException with everything that is wrong with it or with the fragments
   */
  public Read read(PolicyText text, Scope scope) throws PolicyException {
    var findings = new Findings();
    var documents = new Documents(namedValues, fragments, skipUnknown, findings);
    PolicyDocument document = documents.read(text, scope);
    findings.check();
    Lints.check(document, findings);
    Lints.check(EffectivePolicy.of(List.of(document)), findings);
    return new Read(document, findings.warnings());
  }
}
