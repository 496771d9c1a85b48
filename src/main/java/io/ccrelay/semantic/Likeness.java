package io.ccrelay.semantic;

import io.ccrelay.cache.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How like a stored question is to one that is asked.
 *
 * @param entry where the answer to the stored one is
 * @param similarity cosine, from -1 to 1
 * @param vetoes what speaks against serving it
 * @param below whether the similarity is below the least that is configured
 * @param quarantined whether the entry was wrong before
 * @param withheld why nobody is served with it for now, whatever is asked
 */
public record Likeness(
    Key entry,
    double similarity,
    Set<Veto> vetoes,
    boolean below,
    boolean quarantined,
    Optional<String> withheld) {

  /** Whether the stored answer is one to the question that is asked. */
  boolean fits() {
    return !below && vetoes.isEmpty() && !quarantined;
  }

  /** Everything that speaks against serving the stored answer, as tokens. */
  public List<String> against() {
    var against = new ArrayList<String>();
    if (below) {
      against.add("below-least-similarity");
    }
    vetoes.stream().sorted().map(Veto::token).forEach(against::add);
    if (quarantined) {
      against.add("quarantined");
    }
    withheld.ifPresent(against::add);
    return List.copyOf(against);
  }
}
