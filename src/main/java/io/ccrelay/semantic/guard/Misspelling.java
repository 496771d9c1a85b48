package io.ccrelay.semantic.guard;

import java.util.Set;

/**
 * Tells a word with two neighbouring letters exchanged, a letter too many or too few of a pair, or
 * a letter left out or added so that it is no word, from another word. Other slips are not
 * forgiven: too many words and names are one letter apart.
 */
final class Misspelling {

  private static final int SHORTEST = 5;
  private static final int SHORTEST_DOUBLED = 8;

  /** Words of which an exchange of letters makes other words. */
  private static final Set<String> CONFUSABLE =
      Words.set(
          "trial trail quiet quite angel angle diary dairy casual causal calvary cavalry united"
              + " untied",
          "unite untie sacred scared being begin silver sliver martial marital bread beard sauce",
          "bared lever revel clam calm lair liar fired fried tired tried reserve reverse conserve",
          "converse nuclear unclear sign sing signing singing stable table perfect prefect spilt"
              + " split",
          "tiers tries flies files tails spilt crated carted trams marts board broad bored robed"
              + " carve",
          "crave heart earth diner inner parent ionic iconic weird wired wierd field filed rotting",
          "spot complement compliment prescribe proscribe minuets minutes deist desit saline"
              + " aligned",
          "parental paternal prenatal steal stale dome demo inert inter slat salt blot bolt clod"
              + " cold");

  private Misspelling() {}

  /** Whether one may be a slip of the pen for the other, lower case both. */
  static boolean of(String one, String other) {
    if (Math.max(one.length(), other.length()) < SHORTEST
        || CONFUSABLE.contains(one)
        || CONFUSABLE.contains(other)) {
      return false;
    }
    return one.length() == other.length()
        ? exchanged(one, other)
        : doubled(one, other) || omitted(one, other) || omitted(other, one);
  }

  /** One letter inside left out of the longer, so that only one of them is a word. */
  private static boolean omitted(String shorter, String longer) {
    if (longer.length() != shorter.length() + 1) {
      return false;
    }
    int at = 0;
    while (at < shorter.length() && shorter.charAt(at) == longer.charAt(at)) {
      at++;
    }
    return at > 0
        && at < shorter.length()
        && shorter.substring(at).equals(longer.substring(at + 1))
        && Lexicon.knows(shorter) != Lexicon.knows(longer);
  }

  private static boolean exchanged(String one, String other) {
    int at = 0;
    while (at < one.length() && one.charAt(at) == other.charAt(at)) {
      at++;
    }
    return at > 0
        && at + 1 < one.length()
        && one.charAt(at) == other.charAt(at + 1)
        && one.charAt(at + 1) == other.charAt(at)
        && one.substring(at + 2).equals(other.substring(at + 2));
  }

  private static boolean doubled(String one, String other) {
    String longer = one.length() > other.length() ? one : other;
    String shorter = one.length() > other.length() ? other : one;
    if (longer.length() != shorter.length() + 1 || shorter.length() < SHORTEST_DOUBLED) {
      return false;
    }
    for (int i = 1; i < longer.length(); i++) {
      boolean pair = longer.charAt(i) == longer.charAt(i - 1);
      if (pair && shorter.equals(longer.substring(0, i) + longer.substring(i + 1))) {
        return !longer.endsWith("ing") && !longer.endsWith("ed") && !longer.endsWith("er");
      }
    }
    return false;
  }
}
