package io.ccrelay.semantic.guard;

import java.util.List;
import java.util.Set;

/**
 * Capitals that make another word: "polish" and "Polish", "a python" and "Python", "us" and "US".
 * Who writes everything small, or every word with a capital, says nothing by it, unless the word is
 * both a name and an everyday word.
 */
final class Capitals {

  /** Everyday words that are also names or acronyms: a capital always counts. */
  private static final Set<String> BOTH =
      Words.set(
          "polish turkey china march may august nice reading bath jersey us it who aids pin ram"
              + " who",
          "mercury job mobile lent frank grace hope mark will bill rich young brown page sat led");

  private Capitals() {}

  /** Whether a word that both prompts have is a name in only one of them. */
  static boolean differ(Prompt one, Prompt other) {
    return named(one, other) || named(other, one);
  }

  private static boolean named(Prompt one, Prompt other) {
    boolean telling = tells(other.words());
    return tells(one.words())
        && one.words().stream()
            .filter(Capitals::isMarked)
            .anyMatch(
                word -> (telling || BOTH.contains(word.text())) && isCommon(other.words(), word));
  }

  private static boolean isMarked(Word word) {
    boolean small = Grammar.isFunction(word.text()) && !BOTH.contains(word.text());
    return !small && (word.acronym() || (word.capital() && !word.opens()));
  }

  /** Whether the word occurs, and only small. */
  private static boolean isCommon(List<Word> words, Word name) {
    List<Word> same = words.stream().filter(word -> word.is(name.text())).toList();
    boolean ambiguous = name.acronym() && !BOTH.contains(name.text());
    return !ambiguous
        && !same.isEmpty()
        && same.stream().noneMatch(word -> word.capital() || word.opens());
  }

  /** Whether capitals say something: there are some, and not everywhere. */
  private static boolean tells(List<Word> words) {
    boolean some = words.stream().anyMatch(word -> word.capital() && !word.is("i"));
    List<Word> inside = words.stream().filter(word -> !word.opens()).toList();
    boolean everywhere = inside.size() > 2 && inside.stream().allMatch(Word::capital);
    return some && !everywhere;
  }
}
