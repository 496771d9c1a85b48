package io.ccrelay.semantic.guard;

import java.util.Map;
import java.util.Set;

/** Closed classes of English words, and the words in which requests are wrapped. */
final class Grammar {

  /** Words that bind others and carry no matter of their own. */
  static final Set<String> FUNCTION =
      Words.set(
          "a an the this that these those it its itself there here",
          "be is am are was were been being do does did doing done have has had having",
          "will would can could shall should may might must ought cannot",
          "i me my mine myself we us our ours you your yours he him his she her hers",
          "they them their theirs one ones someone somebody anyone anybody something anything",
          "of to in on at by for from with about as into onto than then via per regarding between",
          "and or but so if whether because since",
          "what which who whom whose when where why how that's",
          "any some such even ever just also very really quite please kindly thanks thank");

  /** Words that begin a question. */
  static final Set<String> QUESTIONS = Words.set("what which who whom whose when where why how");

  /** Negators: {@link NegationGuard} looks at them. */
  static final Set<String> NEGATORS =
      Words.set("not no never none nothing nobody nowhere neither nor without cannot n't except");

  /** Auxiliaries that begin a question whose answer is yes or no. */
  static final Set<String> AUXILIARIES =
      Words.set(
          "is are was were am do does did has have had can could will would should shall may might",
          "must isn't aren't");

  /** What a noun asks for, by the question word that asks for the same. */
  static final Map<String, String> ASKS =
      Words.stemmed(
          """
          #why why reason cause
          #when when year date
          #where where place location
          #who who person
          #does purpose
          #howfar distance
          #howold age
          #howlong duration length
          #howtall height
          #howdeep depth
          #howwide width breadth
          #howthick thickness
          #howheavy weight
          #howbig size
          #howhot temperature
          #howmany quantity
          #howoften frequency
          #howmuch price cost
          #howfast speed
          """);

  private Grammar() {}

  /** Whether {@code word} says that nothing goes further, by its ending or by itself. */
  static boolean isSuperlative(String word) {
    return (word.endsWith("est") && word.length() > 5)
        || word.equals("most")
        || word.equals("least");
  }

  static boolean isFunction(String word) {
    return FUNCTION.contains(word);
  }
}
