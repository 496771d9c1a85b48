package io.ccrelay.semantic;

import io.ccrelay.semantic.Finding.Absence;
import io.ccrelay.semantic.VectorIndex.Neighbour;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Decides what becomes of the nearest questions. Pure but for the labels it looks at. */
final class MatchDecision {

  private final SemanticOptions options;
  private final Vetoes vetoes;
  private final Standing standing;

  MatchDecision(SemanticOptions options, Vetoes vetoes, Standing standing) {
    this.options = options;
    this.vetoes = vetoes;
    this.standing = standing;
  }

  /**
   * Decides.
   *
   * @param neighbours best first
   * @param chance from 0 (inclusive) to 1: below the share of audits it is audited
   */
  Finding decide(String question, List<Neighbour> neighbours, double chance) {
    return best(question, neighbours, neighbour -> match(neighbour, chance));
  }

  /** The same for a caller who asks for service in its own name: only the bound may forbid it. */
  Finding within(String question, List<Neighbour> neighbours) {
    return best(
        question,
        neighbours,
        neighbour ->
            standing.allows()
                ? new Finding.Serve(neighbour.item(), neighbour.similarity())
                : observe(neighbour, "bound"));
  }

  private Finding best(
      String question, List<Neighbour> neighbours, Function<Neighbour, Finding> match) {
    Set<Veto> met = EnumSet.noneOf(Veto.class);
    boolean quarantined = false;
    for (Neighbour neighbour : neighbours) {
      Set<Veto> against = vetoes.between(question, neighbour.item().text());
      if (!against.isEmpty()) {
        met.addAll(against);
      } else if (standing.isQuarantined(neighbour.item().entry())) {
        quarantined = true;
      } else {
        return match.apply(neighbour);
      }
    }
    if (quarantined) {
      return new Finding.Nothing(Absence.QUARANTINED);
    }
    return met.isEmpty()
        ? new Finding.Nothing(Absence.NOTHING_NEAR)
        : new Finding.Nothing(Absence.VETOED, met);
  }

  private Finding match(Neighbour neighbour, double chance) {
    if (options.mode() == SemanticOptions.Mode.SHADOW) {
      return observe(neighbour, "shadow");
    }
    if (!standing.allows()) {
      return observe(neighbour, "bound");
    }
    if (!standing.isProven(neighbour.item().entry())) {
      return observe(neighbour, "unproven");
    }
    return chance < options.audit().share()
        ? observe(neighbour, "audit")
        : new Finding.Serve(neighbour.item(), neighbour.similarity());
  }

  private static Finding observe(Neighbour neighbour, String why) {
    return new Finding.Observe(neighbour.item(), neighbour.similarity(), why);
  }
}
