package io.ccrelay.semantic.guard;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Forgives slips of the pen: a word misspelt in one of two prompts is made one with the other. */
final class Slips {

  /** Two prompts, spelled alike. */
  record Pair(Prompt one, Prompt other) {}

  private Slips() {}

  static Pair forgiven(Prompt one, Prompt other) {
    Map<String, String> spelling = new HashMap<>();
    for (Word word : one.words()) {
      if (isOwn(word, other)) {
        other.words().stream()
            .filter(there -> isOwn(there, one) && Misspelling.of(word.text(), there.text()))
            .forEach(there -> settle(spelling, word.text(), there.text()));
      }
    }
    return spelling.isEmpty()
        ? new Pair(one, other)
        : new Pair(respelled(one, spelling), respelled(other, spelling));
  }

  private static boolean isOwn(Word word, Prompt other) {
    return Remainder.isMatter(word) && !word.acronym() && !other.says(word.text());
  }

  /** The one first in the alphabet stands for both: which is right cannot be told. */
  private static void settle(Map<String, String> spelling, String one, String other) {
    spelling.put(one.compareTo(other) < 0 ? other : one, one.compareTo(other) < 0 ? one : other);
  }

  private static Prompt respelled(Prompt prompt, Map<String, String> spelling) {
    return prompt.withLine(respelled(prompt.words(), spelling), respelled(prompt.line(), spelling));
  }

  private static List<Word> respelled(List<Word> words, Map<String, String> spelling) {
    return words.stream()
        .map(word -> spelling.containsKey(word.text()) ? word.as(spelling.get(word.text())) : word)
        .toList();
  }
}
