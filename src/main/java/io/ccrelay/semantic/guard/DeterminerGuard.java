package io.ccrelay.semantic.guard;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Objects when the word before a thing makes it another: "what is time" and "what is the time",
 * "few" and "a few", "what is a password" and "what is my password".
 */
final class DeterminerGuard implements Guard {

  private static final String NONE = "";
  private static final String ANY = "a";
  private static final String OWN = "own";

  private static final Map<String, String> CLASSES =
      Words.groups(
          """
          a a an
          the the
          own my our your his her its their
          """);

  private static final Set<String> VAGUE = Set.of("few", "little", "lot");
  private static final Set<String> GENERIC = Set.of("i", "we", "you", "one");

  @Override
  public boolean objects(Prompt one, Prompt other) {
    return vague(one.words()) != vague(other.words())
        || !agree(topic(one), topic(other))
        || ownsAlone(one, other)
        || ownsAlone(other, one)
        || isMass(one.words(), other.words())
        || isMass(other.words(), one.words());
  }

  /** How often "a" stands before "few" or "little". */
  private static long vague(List<Word> words) {
    long vague = 0;
    for (int i = 1; i < words.size(); i++) {
      boolean some = VAGUE.contains(words.get(i).text()) && words.get(i - 1).is("a");
      vague += some ? 1 : 0;
    }
    return vague;
  }

  private static boolean agree(String one, String other) {
    return one.equals(other) || one.equals("?") || other.equals("?");
  }

  /**
   * What stands before the one thing that the prompt asks an account of; "?" if it asks anything
   * else, or if the thing has company.
   */
  private static String topic(Prompt prompt) {
    boolean account =
        prompt.asks().contains(Asks.DEFINITION)
            || prompt.asks().contains(Asks.ACCOUNT)
            || prompt.asks().contains("#who");
    List<Word> matter = prompt.line().stream().filter(Remainder::isMatter).toList();
    if (!account || matter.size() != 1 || !prompt.line().getLast().equals(matter.getFirst())) {
      return "?";
    }
    return before(prompt.line(), prompt.line().size() - 1);
  }

  /** The class of the determiner; things in general, "volcanoes", are any. */
  private static String before(List<Word> line, int at) {
    String before = at == 0 ? "" : line.get(at - 1).text();
    String found = CLASSES.getOrDefault(before, NONE);
    return found.equals(NONE) && isPlural(line.get(at)) ? ANY : found;
  }

  private static boolean isPlural(Word word) {
    return word.text().endsWith("s")
        && !word.text().endsWith("ss")
        && !word.text().equals(word.stem());
  }

  /** Somebody's thing here and any there, while nobody asks for anybody. */
  private static boolean ownsAlone(Prompt one, Prompt other) {
    if (isGeneric(one) || isGeneric(other)) {
      return false;
    }
    List<Word> line = one.line();
    for (int i = 1; i < line.size(); i++) {
      int at = i;
      boolean own =
          OWN.equals(CLASSES.get(line.get(i - 1).text())) && Remainder.isMatter(line.get(i));
      if (own
          && other.means(line.get(at).stem())
          && CLASSES.entrySet().stream()
              .filter(each -> each.getValue().equals(OWN))
              .noneMatch(each -> other.says(each.getKey()))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isGeneric(Prompt prompt) {
    return prompt.asks().contains(Asks.TO_DO)
        || prompt.words().stream().anyMatch(word -> GENERIC.contains(word.text()));
  }

  /** "A chicken" and "chicken": one of them, and the stuff. */
  private static boolean isMass(List<Word> one, List<Word> other) {
    for (int i = 1; i < one.size(); i++) {
      boolean any = ANY.equals(CLASSES.get(one.get(i - 1).text()));
      if (any && Remainder.isMatter(one.get(i)) && ends(one, i) && isBare(other, one.get(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBare(List<Word> words, Word thing) {
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).is(thing.text())) {
        boolean free = i == 0 || !Prepositions.isDeterminer(words.get(i - 1));
        boolean described = i > 0 && Remainder.isMatter(words.get(i - 1));
        return free && !described && ends(words, i);
      }
    }
    return false;
  }

  /** Whether no other thing follows at once, so that this is what the determiner belongs to. */
  private static boolean ends(List<Word> words, int at) {
    return at + 1 == words.size() || !Remainder.isMatter(words.get(at + 1));
  }
}
