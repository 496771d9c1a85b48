package io.ccrelay.semantic.guard;

import static io.ccrelay.semantic.guard.Turn.anywhere;
import static io.ccrelay.semantic.guard.Turn.before;
import static io.ccrelay.semantic.guard.Turn.opening;
import static io.ccrelay.semantic.guard.Turn.whole;

import java.util.List;

/**
 * What is often asked and has two or three wordings: how a word is spelled or said in a language,
 * the world's longest river, derivatives, sorting, and things that stopped working.
 */
final class Wordings {

  private static final String SPAN = "([^.?!,;:]{1,60}?)";
  private static final String GOOD = "(?:correct |right |proper )?";
  private static final String ORDER = "(ascending|descending|alphabetical|reverse)";

  /** In this order: some read what others wrote. */
  private static final List<Turn> WORDINGS =
      List.of(
          anywhere("spelling", "what is the " + GOOD + "spelling of", "how do you spell"),
          anywhere(
              "pronunciation", "what is the " + GOOD + "pronunciation of", "how do you pronounce"),
          before(
              PromptText.MARK,
              "what is the (?-i:(\\p{Lu}\\w+)) (?:word |term |phrase |translation )?(?:for|of) ("
                  + PromptText.MARK
                  + ")",
              "translate $2 into $1"),
          anywhere(
              "world",
              "(?:which|what) (\\w+) is the world (\\w+est)",
              "what is the $2 $1 in the world"),
          anywhere("world", "the world (\\w+est) (\\w+)", "the $1 $2 in the world"),
          opening("differentiate", "differentiate (?=\\S+ ?[?.!]*$)", "what is the derivative of "),
          opening("integrate", "integrate (?=\\S+ ?[?.!]*$)", "what is the integral of "),
          whole("importance", "what is the importance of " + SPAN, "why is $1 important$2"),
          anywhere("amount", "what amount of (\\w+) (?=should|do|can|must)", "how much $1 "),
          anywhere("amount", "what amount (?=should|do|can|must)", "how much "),
          anywhere("ever", "(?:do|does|did) not ever", "never"),
          anywhere(
              "stopped working", "(?:has|have) " + SPAN + " stopped working", "is $1 not working"),
          anywhere(
              "not work", "(?:does|do) " + SPAN + " not work(?= ?[?.!]*$)", "is $1 not working"),
          anywhere("out of", "get (?:an? |the )?(\\w+(?: \\w+){0,3}?) out of", "remove $1 from"),
          anywhere(
              "order",
              "(?:put|arrange|order|sort) " + SPAN + " in " + ORDER + " order",
              "sort $1 $2"));

  private Wordings() {}

  /** {@code text} in the commonest wording. */
  static String plain(String text) {
    return Turn.allOf(WORDINGS, text);
  }
}
