package io.ccrelay.semantic.guard;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whom a prompt speaks of by pronouns. "I", "you", "we" and "one" ask the same question; "he" and
 * "she" do not, and "can I sue her" is not "can she sue me".
 */
final class Persons {

  private static final Set<String> OTHERS = Words.set("he him his she her hers us");
  private static final Set<String> OBJECTS = Words.set("me us him her them");

  private Persons() {}

  /** Whether {@code word} stands for somebody to whom something is done. */
  static boolean isObject(Word word) {
    return OBJECTS.contains(word.text()) && !word.acronym();
  }

  static boolean differ(Prompt one, Prompt other) {
    return !of(one.words()).equals(of(other.words()));
  }

  private static Set<String> of(List<Word> words) {
    var persons = new TreeSet<String>();
    boolean matter = false;
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      matter = !word.opens() && (matter || (i > 0 && Remainder.isMatter(words.get(i - 1))));
      boolean forMe = i > 0 && (words.get(i - 1).is("for") || isToMe(words, i));
      boolean lets = i > 0 && words.get(i - 1).is("let");
      boolean done = matter && !forMe && !wrapped(words, i);
      if (word.acronym() || lets) {
        continue;
      }
      if (OTHERS.contains(word.text()) || (word.is("me") && done)) {
        persons.add(word.text() + after(words, i));
      }
    }
    return persons;
  }

  /** "Explain to me how", not "sell to me". */
  private static boolean isToMe(List<Word> words, int at) {
    boolean ends = at + 1 == words.size() && words.getFirst().wraps();
    boolean done = words.subList(0, at - 1).stream().anyMatch(word -> word.is("to"));
    return words.get(at - 1).is("to")
        && (at < 2 || (ends && !done) || words.get(at - 2).wraps() || words.get(at - 2).opens());
  }

  /** To what it is done: "ask him to leave", "ask to leave him". */
  private static String after(List<Word> words, int at) {
    Word word = words.get(at);
    boolean owns = word.is("her") && at + 1 < words.size() && Remainder.isMatter(words.get(at + 1));
    boolean done = OBJECTS.contains(word.text()) && !owns && at > 0;
    return done && Remainder.isMatter(words.get(at - 1)) ? " " + words.get(at - 1).stem() : "";
  }

  /** "Give me", "show me" at the head of a request, where only one thing, the verb, came before. */
  private static boolean wrapped(List<Word> words, int at) {
    Word verb = words.get(at - 1);
    return verb.wraps()
        || verb.opens()
        || words.subList(0, at - 1).stream()
            .noneMatch(word -> Remainder.isMatter(word) || Grammar.QUESTIONS.contains(word.text()));
  }
}
