package io.ccrelay.semantic;

import io.ccrelay.cache.Key;
import io.ccrelay.semantic.Finding.Absence;
import io.ccrelay.semantic.VectorIndex.Neighbour;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
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
   * @param partition where {@code neighbours} are
   * @param neighbours best first
   * @param chance from 0 (inclusive) to 1: below the share of audits it is audited
   */
  Finding decide(Key partition, String question, List<Neighbour> neighbours, double chance) {
    return best(partition, question, neighbours, neighbour -> match(neighbour, chance));
  }

  /** The same for a caller who asks for service in its own name: only the bound may forbid it. */
  Finding within(Key partition, String question, List<Neighbour> neighbours) {
    return best(
        partition,
        question,
        neighbours,
        neighbour ->
            standing.allows()
                ? new Finding.Serve(neighbour.item(), neighbour.similarity())
                : observe(neighbour, "bound"));
  }

  private Finding best(
      Key partition,
      String question,
      List<Neighbour> neighbours,
      Function<Neighbour, Finding> match) {
    var within = new Vetoes.Partition(partition);
    Set<Veto> met = EnumSet.noneOf(Veto.class);
    boolean quarantined = false;
    for (Neighbour neighbour : neighbours) {
      Set<Veto> against =
          vetoes.between(within, question, neighbour.item().text(), neighbour.similarity());
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
    Optional<String> withheld = withheld(neighbour.item().entry());
    if (withheld.isPresent()) {
      return observe(neighbour, withheld.get());
    }
    return chance < options.audit().share()
        ? observe(neighbour, "audit")
        : new Finding.Serve(neighbour.item(), neighbour.similarity());
  }

  /** Why {@code entry} serves nobody, whatever is asked; empty if it may. */
  Optional<String> withheld(Key entry) {
    if (options.mode() == SemanticOptions.Mode.SHADOW) {
      return Optional.of("shadow");
    }
    if (!standing.allows()) {
      return Optional.of("bound");
    }
    return standing.isProven(entry) ? Optional.empty() : Optional.of("unproven");
  }

  private static Finding observe(Neighbour neighbour, String why) {
    return new Finding.Observe(neighbour.item(), neighbour.similarity(), why);
  }
}
