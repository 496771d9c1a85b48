package io.ccrelay.semantic.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Objects when one prompt is negated and the other is not, by a word or by a prefix: "with" and
 * "without", "mute" and "unmute". Two negations count as two.
 */
final class NegationGuard implements Guard {

  private static final Set<String> FAILING = Words.set("fail refuse lack unable");
  private static final List<String> PREFIXES =
      List.of("un", "in", "im", "ir", "il", "non", "dis", "de", "anti", "mis");
  private static final int SHORTEST_STEM = 3;

  @Override
  public boolean objects(Prompt one, Prompt other) {
    return negations(one) != negations(other)
        || (!(inverted(one) && inverted(other)) && !negated(one).equals(negated(other)))
        || prefixed(one, other)
        || prefixed(other, one);
  }

  /** "Why does it not work", "why does not it work": what is negated is the whole question. */
  private static boolean inverted(Prompt prompt) {
    List<Word> words = prompt.words();
    long negations = words.stream().filter(NegationGuard::negates).count();
    return negations == 1
        && words.size() > 2
        && words.get(0).is("why")
        && Grammar.AUXILIARIES.contains(words.get(1).text());
  }

  private static long negations(Prompt prompt) {
    long words = prompt.words().stream().filter(NegationGuard::negates).count();
    return Math.max(0, words - rhetorical(prompt));
  }

  /** What each negation stands before. */
  private static List<String> negated(Prompt prompt) {
    var negated = new ArrayList<String>();
    boolean waits = false;
    for (Word word : prompt.line().subList(2 * rhetorical(prompt), prompt.line().size())) {
      if (negates(word)) {
        waits = true;
      } else if (waits && Remainder.isMatter(word)) {
        negated.add(word.stem());
        waits = false;
      }
    }
    return negated;
  }

  static boolean negates(Word word) {
    return Grammar.NEGATORS.contains(word.text()) || FAILING.contains(word.stem());
  }

  /** "Don't you think", "why not": a negation that begins a polite question negates nothing. */
  private static int rhetorical(Prompt prompt) {
    List<Word> words = prompt.words();
    boolean polite =
        words.size() > 3
            && Grammar.AUXILIARIES.contains(words.get(0).text())
            && words.get(1).is("not")
            && words.get(2).is("you");
    return polite ? 1 : 0;
  }

  private static boolean prefixed(Prompt one, Prompt other) {
    return one.words().stream()
        .anyMatch(word ->
            PREFIXES.stream().anyMatch(prefix -> isNegation(word.text(), prefix, one, other)));
  }

  private static boolean isNegation(String word, String prefix, Prompt one, Prompt other) {
    if (!word.startsWith(prefix) || word.length() < prefix.length() + SHORTEST_STEM) {
      return false;
    }
    String rest = Stem.of(word.substring(prefix.length()));
    return other.means(rest) && !one.means(rest);
  }
}
