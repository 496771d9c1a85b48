package io.ccrelay.semantic.guard;

import java.util.List;
import java.util.Set;

/**
 * Who does it: "can I read it" and "can my boss read it". Whoever asks stands for anybody, "I",
 * "you" or "we"; and what is done to something may be said with a doer or without: "how do I boil
 * an egg", "how is an egg boiled".
 */
final class Subjects {

  private static final Set<String> ANYBODY = Words.set("i you we one");
  private static final Set<String> AUXILIARIES =
      Words.set("do does did can could should would will may might must shall");

  private static final Set<String> OTHERS = Words.set("it he she they");
  private static final Set<String> PASSIVE = Words.set("be been being is are was were");
  private static final Set<String> DETERMINERS =
      Words.set("a an the my your our his her their its this that these those");

  private enum Doer {
    ANYBODY,
    SOMETHING,
    UNKNOWN
  }

  private Subjects() {}

  static boolean differ(Prompt one, Prompt other) {
    Doer first = of(one.words());
    Doer second = of(other.words());
    return first != Doer.UNKNOWN && second != Doer.UNKNOWN && first != second;
  }

  /** What follows the first auxiliary; unknown if it is done to, or if the request is polite. */
  private static Doer of(List<Word> words) {
    for (int i = 0; i + 1 < words.size(); i++) {
      Word next = words.get(i + 1);
      if (!AUXILIARIES.contains(words.get(i).text()) || Remainder.isMatter(words.get(i))) {
        continue;
      }
      if (ANYBODY.contains(next.text())) {
        boolean polite = words.get(i).opens() && next.is("you");
        return polite ? Doer.UNKNOWN : Doer.ANYBODY;
      }
      boolean named = Remainder.isMatter(next) || DETERMINERS.contains(next.text());
      boolean passive =
          words.subList(i + 1, words.size()).stream()
              .anyMatch(word -> PASSIVE.contains(word.text()));
      return named && !passive ? Doer.SOMETHING : Doer.UNKNOWN;
    }
    return embedded(words);
  }

  /** "Where to go" is for anybody, "where it goes" is not. */
  private static Doer embedded(List<Word> words) {
    for (int i = 1; i + 1 < words.size(); i++) {
      if (Grammar.QUESTIONS.contains(words.get(i).text()) && !words.get(i).opens()) {
        String next = words.get(i + 1).text();
        return next.equals("to") || ANYBODY.contains(next)
            ? Doer.ANYBODY
            : OTHERS.contains(next) ? Doer.SOMETHING : Doer.UNKNOWN;
      }
    }
    return Doer.UNKNOWN;
  }
}
