package io.ccrelay.semantic.guard;

import java.util.Collections;
import java.util.HashSet;
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

  @Override
  public boolean objects(Prompt one, Prompt other) {
    Set<String> spelled = Acronyms.covered(one, other);
    return lacks(one, other, spelled)
        || lacks(other, one, spelled)
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

  /** In any inflection, unless it is a name there too: "Alien" and "Aliens" are two films. */
  private static boolean mentions(Prompt other, Word name) {
    return other.words().stream()
        .anyMatch(
            word -> word.is(name.text()) || (word.stem().equals(name.stem()) && !isName(word)));
  }

  private static boolean isName(Word word) {
    return (word.acronym() || (word.capital() && !word.opens()))
        && !Grammar.isFunction(word.text());
  }
}
