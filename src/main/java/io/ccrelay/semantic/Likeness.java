package io.ccrelay.semantic;

import io.ccrelay.cache.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How like a stored question is to one that is asked.
 *
 * @param entry where the answer to the stored one is
 * @param similarity cosine, from -1 to 1
 * @param vetoes what speaks against serving it
 * @param below whether the similarity is below the least that is configured
 * @param quarantined whether the entry was wrong before
 */
public record Likeness(
    Key entry, double similarity, Set<Veto> vetoes, boolean below, boolean quarantined) {

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
    return List.copyOf(against);
  }
}
