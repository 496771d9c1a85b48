package io.ccrelay.semantic.guard;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Objects when one prompt has a name that the other does not mention in any spelling, or speaks of
 * somebody else's things. A name is a word with a capital inside a sentence, or an acronym.
 */
final class EntityGuard implements Guard {

  private static final Map<String, String> OWNERS =
      Words.groups(
          """
          my mine our ours
          your yours
          his her hers their theirs
          """);

  private static final Set<String> ANY = Set.of("a", "an");

  @Override
  public boolean objects(Prompt one, Prompt other) {
    Set<String> spelled = Acronyms.covered(one, other);
    return lacks(one, other, spelled)
        || lacks(other, one, spelled)
        || Capitals.differ(one, other)
        || ownersDiffer(owners(one), owners(other));
  }

  private static boolean ownersDiffer(Set<String> one, Set<String> other) {
    return !one.isEmpty() && !other.isEmpty() && Collections.disjoint(one, other);
  }

  /** Whose things are spoken of. */
  private static Set<String> owners(Prompt prompt) {
    var owners = new HashSet<String>();
    prompt
        .words()
        .forEach(word -> {
          String owner = OWNERS.get(word.text());
          if (owner != null) {
            owners.add(owner);
          }
        });
    return owners;
  }

  private static boolean lacks(Prompt one, Prompt other, Set<String> spelled) {
    return one.words().stream()
        .filter(EntityGuard::isName)
        .anyMatch(name -> !spelled.contains(name.stem()) && !mentions(other, name));
  }

  /**
   * In any inflection, unless it is a name there too, as "Alien" and "Aliens" are two films, or any
   * thing of that name: "an apple".
   */
  private static boolean mentions(Prompt other, Word name) {
    List<Word> words = other.words();
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      boolean any = i > 0 && !word.capital() && ANY.contains(words.get(i - 1).text());
      boolean same = word.is(name.text()) || (word.stem().equals(name.stem()) && !isName(word));
      if (same && !any) {
        return true;
      }
    }
    return false;
  }

  private static boolean isName(Word word) {
    return (word.acronym() || (word.capital() && !word.opens()))
        && !Grammar.isFunction(word.text());
  }
}
