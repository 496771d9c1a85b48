package io.ccrelay.semantic.guard;

import java.util.Set;

/**
 * Objects when one prompt has a name that the other does not mention in any spelling. A name is a
 * word with a capital inside a sentence, or an acronym.
 */
final class EntityGuard implements Guard {

  @Override
  public boolean objects(Prompt one, Prompt other) {
    Set<String> spelled = Acronyms.covered(one, other);
    return lacks(one, other, spelled) || lacks(other, one, spelled);
  }

  private static boolean lacks(Prompt one, Prompt other, Set<String> spelled) {
    return one.words().stream()
        .filter(EntityGuard::isName)
        .anyMatch(name -> !spelled.contains(name.stem()) && !other.means(name.stem()));
  }

  private static boolean isName(Word word) {
    return (word.acronym() || (word.capital() && !word.opens()))
        && !Grammar.isFunction(word.text());
  }
}
