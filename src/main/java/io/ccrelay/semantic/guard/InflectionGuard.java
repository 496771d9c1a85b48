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

  @Override
  public boolean objects(Prompt one, Prompt other) {
    return differ(one.words(), other.words()) || differ(other.words(), one.words());
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
      boolean changing = CHANGING.contains(word.stem()) && continues(one, at) != gerund(other, word);
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
