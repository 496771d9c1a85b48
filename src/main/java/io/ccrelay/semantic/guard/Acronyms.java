package io.ccrelay.semantic.guard;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds acronyms of one prompt that the other spells out: first letters of words in a row. */
final class Acronyms {

  private static final int SHORTEST = 2;
  private static final int LONGEST = 6;

  private Acronyms() {}

  /** The stems of such acronyms and of the words they stand for. */
  static Set<String> covered(Prompt one, Prompt other) {
    var covered = new HashSet<String>();
    cover(one.words(), other.words(), covered);
    cover(other.words(), one.words(), covered);
    return covered;
  }

  private static void cover(List<Word> terse, List<Word> spelled, Set<String> covered) {
    for (Word word : terse) {
      int length = word.text().length();
      if (word.acronym() && length >= SHORTEST && length <= LONGEST) {
        find(word, spelled, covered);
      }
    }
  }

  private static void find(Word acronym, List<Word> spelled, Set<String> covered) {
    int length = acronym.text().length();
    for (int start = 0; start + length <= spelled.size(); start++) {
      if (spells(acronym.text(), spelled, start)) {
        covered.add(acronym.stem());
        spelled.subList(start, start + length).forEach(word -> covered.add(word.stem()));
      }
    }
  }

  private static boolean spells(String acronym, List<Word> words, int start) {
    for (int i = 0; i < acronym.length(); i++) {
      if (words.get(start + i).text().charAt(0) != acronym.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
