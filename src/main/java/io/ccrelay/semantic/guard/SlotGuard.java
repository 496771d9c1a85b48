package io.ccrelay.semantic.guard;

/**
 * Objects when each prompt has matter the other lacks: "the melting point of gold" and "... of
 * silver" fill one template with two values. A word that is a synonym, an inflection or an acronym
 * of what the other says is no other value. A word that might be misspelt is: too many words of a
 * language are one letter apart.
 */
final class SlotGuard implements Guard {

  @Override
  public boolean objects(Prompt one, Prompt other) {
    var remainder = Remainder.of(one, other);
    return !remainder.left().isEmpty() && !remainder.right().isEmpty();
  }
}
