package io.ccrelay.semantic.guard;

import java.util.List;
import java.util.Map;

/**
 * What one can, ought to and must do are three questions, unless the prompt asks how to do it: then
 * "how can I", "how should I" and "how do I" are one.
 */
final class Duty {

  private static final String CAN = "can";
  private static final Map<String, String> STRENGTH =
      Words.groups(
          """
          can can could may might
          ought ought should shall
          must must
          """);

  private Duty() {}

  static boolean differ(Prompt one, Prompt other) {
    boolean both = one.asks().contains(Asks.TO_DO) && other.asks().contains(Asks.TO_DO);
    String first = of(one);
    String second = of(other);
    boolean weak = first.isEmpty() || second.isEmpty();
    boolean oneMayTheOtherMust = first.equals(CAN) != second.equals(CAN);
    boolean whether = one.asks().contains(Asks.WHETHER_OUGHT) || one.asks().contains(Asks.WHETHER);
    boolean could =
        one.says("could") != other.says("could") && one.says("can") != other.says("can");
    if (could && !isGeneric(one) && !isGeneric(other)) {
      return true;
    }
    return !both && !weak && (oneMayTheOtherMust || (whether && !first.equals(second)));
  }

  /** "Can I" and "could I" are one; "who can" and "who could" are not. */
  private static boolean isGeneric(Prompt prompt) {
    return prompt.says("i") || prompt.says("you") || prompt.says("we") || prompt.says("one");
  }

  private static String of(Prompt prompt) {
    List<Word> words = prompt.words();
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      boolean polite = i + 1 < words.size() && words.get(i + 1).is("you") && word.opens();
      String strength = STRENGTH.get(word.text());
      if (strength != null
          && !polite
          && !Remainder.isMatter(word)
          && !(word.capital() && !word.opens())) {
        return strength;
      }
    }
    return "";
  }
}
