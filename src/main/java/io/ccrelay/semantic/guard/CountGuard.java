package io.ccrelay.semantic.guard;

import java.util.List;
import java.util.Set;

/**
 * Objects when one prompt wants one thing and the other several: "the tallest tower" and "the
 * tallest towers", "suggest a name" and "suggest names". In general a thing and things are the same
 * subject: "what is a volcano" and "what are volcanoes".
 */
final class CountGuard implements Guard {

  private static final Set<String> REQUESTS =
      Words.set(
          "write give suggest recommend name list show find generate create propose draft book");

  private static final int REACH = 3;

  @Override
  public boolean objects(Prompt one, Prompt other) {
    return fewer(one, other) || fewer(other, one);
  }

  private static boolean fewer(Prompt one, Prompt other) {
    for (int i = 0; i < one.words().size(); i++) {
      int at = i;
      Word word = one.words().get(i);
      boolean several =
          other.words().stream()
              .anyMatch(
                  there -> there.stem().equals(word.stem()) && isPlural(word.text(), there.text()));
      boolean head = at + 1 == one.words().size() || !Remainder.isMatter(one.words().get(at + 1));
      if (several
          && head
          && !one.says(word.text() + "s")
          && (isMost(one.words(), at) || isRequested(one, at))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPlural(String word, String other) {
    return other.equals(word + "s")
        || other.equals(word + "es")
        || (word.endsWith("y") && other.equals(word.substring(0, word.length() - 1) + "ies"));
  }

  /** Whether a superlative stands close before: all but "best", which asks for advice. */
  private static boolean isMost(List<Word> words, int at) {
    return words.subList(Math.max(0, at - REACH), at).stream()
        .anyMatch(word -> Grammar.isSuperlative(word.text()));
  }

  /** Whether a request for it, "a" and at most a word of quality stand before. */
  private static boolean isRequested(Prompt prompt, int at) {
    List<Word> words = prompt.words();
    List<Word> before = words.subList(Math.max(0, at - 2), at);
    boolean single = before.stream().anyMatch(word -> word.is("a") || word.is("an"));
    return single
        && words.subList(0, at).stream()
            .filter(word -> word.opens() || word.wraps())
            .anyMatch(word -> REQUESTS.contains(word.text()));
  }
}
