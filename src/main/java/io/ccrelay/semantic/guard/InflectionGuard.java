package io.ccrelay.semantic.guard;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Objects when the same word stands in forms that say different things: an interesting and an
 * interested person, customs and a custom, to stop to smoke and to stop smoking.
 */
final class InflectionGuard implements Guard {

  /** Plurals with a meaning of their own. */
  private static final Set<String> OWN_PLURALS =
      Words.set(
          "glasses customs goods damages arms spirits minutes works waters manners forces premises",
          "savings earnings clothes airs looks brains pants shorts contents terms quarters remains",
          "ashes respects greens peoples heavens colours colors letters troops papers regards",
          "rights grounds means drinks irons woods stocks bonds ends scales draughts checks");

  /** After these it matters whether one does it, or does something in order to do it. */
  private static final Set<String> CHANGING = Words.set("stop remember forget regret try mean");

  private static final Set<String> HELPERS =
      Words.set("do does did have has had will would can could shall should may might must to");

  @Override
  public boolean objects(Prompt one, Prompt other) {
    return differ(one.words(), other.words())
        || differ(other.words(), one.words())
        || isState(one, other)
        || isState(other, one);
  }

  /** "Is the shop closed", "is the shop close". */
  private static boolean isState(Prompt one, Prompt other) {
    return isPlain(one)
        && isPlain(other)
        && one.words().stream()
            .filter(word -> Remainder.isMatter(word) && Stem.isPast(word.text()))
            .anyMatch(word -> other.means(word.stem()) && isBase(other.words(), word.stem()));
  }

  /** Whether nothing but "to be" helps its verbs. */
  private static boolean isPlain(Prompt prompt) {
    return prompt.words().stream().noneMatch(word -> HELPERS.contains(word.text()))
        && prompt.words().stream().anyMatch(Asks::isBe);
  }

  private static boolean isBase(List<Word> words, String stem) {
    return words.stream()
        .filter(word -> word.stem().equals(stem))
        .noneMatch(word -> Stem.isPast(word.text()) || Stem.isIng(word.text()));
  }

  private static boolean differ(List<Word> one, List<Word> other) {
    for (int i = 0; i < one.size(); i++) {
      int at = i;
      Word word = one.get(i);
      List<Word> same = other.stream().filter(there -> there.stem().equals(word.stem())).toList();
      if (same.isEmpty() || !Remainder.isMatter(word)) {
        continue;
      }
      boolean participles = Stem.isIng(word.text()) && all(same, there -> Stem.isPast(there));
      boolean plural = OWN_PLURALS.contains(word.text()) && all(same, t -> !t.equals(word.text()));
      boolean changing =
          CHANGING.contains(word.stem()) && continues(one, at) != gerund(other, word);
      if (participles || plural || changing) {
        return true;
      }
    }
    return false;
  }

  private static boolean all(List<Word> words, Predicate<String> form) {
    return words.stream().map(Word::text).allMatch(form);
  }

  private static boolean gerund(List<Word> words, Word verb) {
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).stem().equals(verb.stem())) {
        return continues(words, i);
      }
    }
    return false;
  }

  private static boolean continues(List<Word> words, int at) {
    return at + 1 < words.size() && Stem.isIng(words.get(at + 1).text());
  }
}
