package io.ccrelay.policy;

import io.ccrelay.policy.expression.SourcePosition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong, or doubtful, in documents, up to a bound. Confined to one thread. */
final class Findings {

  private static final int MOST = 100;
  private static final int LONGEST_SHOWN = 60;

  private final List<PolicyProblem> errors = new ArrayList<>();
  private final List<PolicyWarning> warnings = new ArrayList<>();

  /** Something that keeps a document from running. */
  void error(SourcePosition at, String message) {
    var problem = new PolicyProblem(at, message);
    if (errors.size() < MOST && !errors.contains(problem)) {
      errors.add(problem);
    }
  }

  /** Something that is probably not meant. */
  void warning(SourcePosition at, Lint lint, String detail) {
    var warning = new PolicyWarning(at, lint, detail);
    if (warnings.size() < MOST && !warnings.contains(warning)) {
      warnings.add(warning);
    }
  }

  /** Whether nothing was wrong so far. */
  boolean clean() {
    return errors.isEmpty();
  }

  List<PolicyProblem> errors() {
    return List.copyOf(errors);
  }

  List<PolicyWarning> warnings() {
    return List.copyOf(warnings);
  }

  /** Refuses if anything was wrong. */
  void check() throws PolicyException {
    if (!errors.isEmpty()) {
      throw new PolicyException(sorted());
    }
  }

  private List<PolicyProblem> sorted() {
    Comparator<PolicyProblem> byPlace =
        Comparator.comparing((PolicyProblem problem) -> problem.position().document())
            .thenComparingInt(problem -> problem.position().line())
            .thenComparingInt(problem -> problem.position().column());
    return errors.stream().sorted(byPlace).toList();
  }

  /** {@code text} as a message may show it: in quotes, on one line, cut short. */
  static String shown(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ");
    boolean cut = line.length() > LONGEST_SHOWN;
    return '"' + (cut ? line.substring(0, LONGEST_SHOWN) + "..." : line) + '"';
  }

  /** {@code " (did you mean x?)"} if one of {@code known} is near {@code name}; or nothing. */
  static String suggestion(String name, Collection<String> known) {
    return known.stream()
        .filter(one -> Likeness.distance(name, one) <= slips(one))
        .min(Comparator.comparingInt(one -> Likeness.distance(name, one)))
        .map(one -> " (did you mean " + one + "?)")
        .orElse("");
  }

  /** {@link #suggestion}; if there is none, all that is {@code known}. */
  static String choice(String name, Collection<String> known) {
    String suggestion = suggestion(name, known);
    return suggestion.isEmpty()
        ? " (expected: " + (known.isEmpty() ? "none" : String.join(", ", known)) + ")"
        : suggestion;
  }

  private static int slips(String name) {
    return name.length() <= 3 ? 1 : Math.max(2, name.length() / 4);
  }
}
