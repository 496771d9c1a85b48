package io.ccrelay.semantic.guard;

import java.util.List;
import java.util.Set;

/**
 * What a prompt points at: "make this text longer" is about a text at hand, "how do I make text
 * longer" about any.
 */
final class Pointing {

  private static final Set<String> POINTING = Set.of("this", "these");
  private static final Set<String> DEFINITE =
      Words.set("this these that those the my our your following given below above");

  private Pointing() {}

  /** Whether one points at a thing of which the other speaks in general. */
  static boolean differs(Prompt one, Prompt other) {
    return pastThe(one.words(), other.words()) || pastThe(other.words(), one.words());
  }

  private static boolean pastThe(List<Word> one, List<Word> other) {
    for (int i = 0; i + 1 < one.size(); i++) {
      Word thing = one.get(i + 1);
      if (POINTING.contains(one.get(i).text())
          && Remainder.isMatter(thing)
          && isGeneral(other, thing.stem())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isGeneral(List<Word> words, String stem) {
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).stem().equals(stem)) {
        return i == 0 || !DEFINITE.contains(words.get(i - 1).text());
      }
    }
    return false;
  }
}
