package io.ccrelay.semantic.guard;

import io.ccrelay.semantic.Veto;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Tells a question in other words from a frame that is filled with another value. Who asks for
 * something else mostly says the same but for a word or two; who asks the same in other words
 * changes the frame with them. So words that only one of two prompts has are forgiven where the
 * frames differ widely, if the embedding finds the two alike as well: neither is enough alone.
 * Opposites, superlatives, limits, names, numbers, negation, direction, time and form never are.
 */
final class Rewording {

  /** What words that differ raise, as against what they say. */
  private static final Set<Veto> OF_WORDS =
      EnumSet.of(Veto.SLOT, Veto.SCOPE, Veto.BINDING, Veto.INFLECTION);

  /** What limits or turns a request round is no way to word it. */
  private static final Set<String> TELLING =
      Words.set("only just except even merely alone prevent worst");

  /** Least words to strike and to insert between two frames. */
  private static final int LEAST = 6;

  private Rewording() {}

  /** Whether all of {@code vetoes} come of {@code one} being {@code other} in other words. */
  static boolean explains(Set<Veto> vetoes, Prompt one, Prompt other) {
    return OF_WORDS.containsAll(vetoes)
        && isWording(Remainder.of(one, other))
        && distance(one.line(), other.line()) >= LEAST;
  }

  /** Prompts of the same words in another order say something else by it. */
  private static boolean isWording(Remainder remainder) {
    var words = new ArrayList<>(remainder.left());
    words.addAll(remainder.right());
    return !words.isEmpty()
        && words.stream().noneMatch(word -> TELLING.contains(word) || Grammar.isSuperlative(word));
  }

  /** Words to strike from one and to insert from the other, the rest being in order. */
  private static int distance(List<Word> one, List<Word> other) {
    int[] common = new int[other.size() + 1];
    for (Word word : one) {
      int diagonal = 0;
      for (int i = 1; i <= other.size(); i++) {
        int above = common[i];
        common[i] =
            word.is(other.get(i - 1).text()) ? diagonal + 1 : Math.max(above, common[i - 1]);
        diagonal = above;
      }
    }
    return one.size() + other.size() - 2 * common[other.size()];
  }
}
