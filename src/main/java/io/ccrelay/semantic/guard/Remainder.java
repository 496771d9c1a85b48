package io.ccrelay.semantic.guard;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is left of two prompts when everything they have in common, and everything that only wraps a
 * request, is taken away.
 *
 * @param left matter of the first that the second lacks, as stems
 * @param right matter of the second that the first lacks
 * @param shared how many matters they share
 */
record Remainder(List<String> left, List<String> right, int shared) {

  /** What is asked for without a word that names it. */
  private static final Set<String> OPEN =
      Set.of(
          Asks.TO_DO,
          Asks.MANNER,
          Asks.DEFINITION,
          Asks.SUGGESTION,
          Asks.VALUE,
          Asks.ACCOUNT,
          Asks.MAKING);

  private static final String WHO = "#who";

  static Remainder of(Prompt one, Prompt other) {
    Set<String> first = matter(one);
    Set<String> second = matter(other);
    Optional<String> category = category(one);
    if (category.isPresent() != category(other).isPresent()) {
      category.or(() -> category(other)).ifPresent(stem -> drop(stem, first, second));
    }
    if (one.asks().contains(WHO) != other.asks().contains(WHO)) {
      people(one, first, second);
      people(other, second, first);
    }
    var left = new ArrayList<String>();
    var right = new ArrayList<String>();
    Set<String> known = Acronyms.covered(one, other);
    for (String stem : first) {
      if (!second.contains(stem) && !known.contains(stem)) {
        left.add(stem);
      }
    }
    for (String stem : second) {
      if (!first.contains(stem) && !known.contains(stem)) {
        right.add(stem);
      }
    }
    return new Remainder(
        left, right, Math.min(first.size() - left.size(), second.size() - right.size()));
  }

  /**
   * The kind of thing asked for, as in "which city is": it only narrows an answer that the rest
   * determines, if the other prompt names no kind.
   */
  private static Optional<String> category(Prompt prompt) {
    List<Word> words = prompt.words();
    boolean named =
        words.size() > 3
            && (words.get(0).is("which") || words.get(0).is("what"))
            && isMatter(words.get(1))
            && Asks.isBe(words.get(2));
    return named ? Optional.of(words.get(1).stem()) : Optional.empty();
  }

  /** "Which artist painted it" asks who painted it. */
  private static void people(Prompt prompt, Set<String> here, Set<String> there) {
    List<Word> words = prompt.words();
    boolean named =
        words.size() > 3
            && (words.get(0).is("which") || words.get(0).is("what"))
            && isMatter(words.get(1))
            && !Asks.isBe(words.get(2));
    if (named
        && there.contains(WHO)
        && !there.contains(words.get(1).stem())
        && Thesaurus.get().isPerson(words.get(1).text())) {
      here.remove(words.get(1).stem());
      there.remove(WHO);
    }
  }

  /** A kind that only one of them has is dropped, unless nothing else would be left. */
  private static void drop(String stem, Set<String> first, Set<String> second) {
    if (first.contains(stem) != second.contains(stem)
        && Math.min(first.size(), second.size()) > 1) {
      first.remove(stem);
      second.remove(stem);
    }
  }

  private static Set<String> matter(Prompt prompt) {
    var matter = new HashSet<String>();
    List<Word> words = prompt.words();
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      boolean degree = i > 0 && words.get(i - 1).is("how") && Asks.isDegree(word);
      if (isMatter(word) && !degree) {
        String stem = word.stem();
        matter.add(word.acronym() ? stem : Grammar.ASKS.getOrDefault(stem, stem));
      }
    }
    prompt.asks().stream().filter(ask -> !OPEN.contains(ask)).forEach(matter::add);
    return matter;
  }

  /** Whether both ask how far one thing is from another, which is as far the other way round. */
  static boolean areDistances(Prompt one, Prompt other) {
    return isDistance(one) && isDistance(other);
  }

  private static boolean isDistance(Prompt prompt) {
    return prompt.asks().contains("#howfar") || prompt.says("distance");
  }

  static boolean isMatter(Word word) {
    return word.acronym()
        || word.mentioned()
        || !(Grammar.FUNCTION.contains(word.text()) || word.wraps() || NegationGuard.negates(word));
  }
}
