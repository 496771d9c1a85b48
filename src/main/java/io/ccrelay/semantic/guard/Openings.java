package io.ccrelay.semantic.guard;

import static io.ccrelay.semantic.guard.Turn.opening;
import static io.ccrelay.semantic.guard.Turn.whole;

import java.util.List;

/**
 * Ways to begin a request that ask the same whatever follows: "is there a way to", "I am trying to
 * ... How can I do that?" and "how do I"; "is it true that" and "whether"; "can anyone tell me why"
 * and "why".
 */
final class Openings {

  private static final String ME = "(?: me| us)?";
  private static final String DOER = "(?:i|you|we|one|someone|somebody|a person|anyone|anybody)";
  private static final String ANYBODY = "(?:you|anyone|anybody|someone|somebody)(?: here)?";
  private static final String QUESTION = "(how|why|what|when|where|who|whether|which|if)\\b";
  private static final String END = "(?= ?[?.!]*$)";
  private static final String SPAN = "([^.?!,;:]{1,60}?)";

  /** Says of a way nothing but that it leads there; the quickest is another than the cheapest. */
  private static final String GOOD =
      "(?:good |best |easy |easiest |simple |simplest |right |correct |proper |recommended |standard"
          + " |usual |typical |common |normal |possible |stepwise |step-by-step |exact )?";

  private static final String WAYS =
      "(?:ways?|methods?|procedures?|process|steps?|approach|instructions?|techniques?)";

  /** What is done, not a place to go to. */
  private static final String DEED =
      "(?:to (?!the\\b|an?\\b|my\\b|our\\b|your\\b|(?-i:\\p{Lu}))|(?:for|of) (?=\\w+ing\\b)|(?:on|for)"
          + " how to )";

  private static final String HOW_TO_DO_IT =
      "(?:how (?:do|can|should|could|would|might) (?:i|we|one) (?:do|achieve|accomplish|manage|go"
          + " about)(?: it| that| this| so)?|how(?: to do (?:it|that|this))?|what (?:do|should|can|must)"
          + " (?:i|we) do|what is the "
          + GOOD
          + "way(?: to do (?:it|that|this|so))?|(?:can|could) you (?:please )?help"
          + ME
          + "|please help"
          + ME
          + "|is (?:it|that|this) possible)";

  /** In this order: some read what others wrote. */
  private static final List<Turn> OPENINGS =
      List.of(
          // Somebody tells that he asks.
          opening("task,job,goal", "your (?:task|job|goal) is to ", ""),
          opening(
              "know,understand,sure,idea,clue,wonder,learn,curious,find out,figure",
              "(?:i|we) (?:(?:do|can) not (?:know|understand|remember|find out|figure out)|(?:am|are) (?:not"
                  + " sure|unsure|unclear)|have (?:no|not any) (?:idea|clue)|(?:need|want|wish|(?:would )?(?:like|love)|am"
                  + " trying|hope) to (?:know|learn|understand|find out|figure out|ask)|(?:was|were|am|are)"
                  + " (?:wondering|curious)|wonder)(?: about)? "
                  + QUESTION,
              "$1"),
          opening(
              "can,could,do,would,will",
              "(?:can|could|does|do|would|will) "
                  + ANYBODY
                  + " (?:please |kindly |happen to |be able to )*(?:know|tell|show|explain|teach|say|describe|clarify|advise)(?:"
                  + " to)?"
                  + ME
                  + "(?: about)? "
                  + QUESTION,
              "$1"),
          opening("me,explain", "(?:please )?(?:tell me|let me know) if\\b", "whether"),
          opening("if", "if (?=[^,]*$)", "whether "),
          opening(
              "true,correct,case,right,say,think",
              "(?:is it (?:true|correct|right|a fact|the case) that|am i right(?: in thinking)? that|would"
                  + " you say(?: that)?|do you think(?: that)?)",
              "whether"),
          // He tells what he wants and asks how.
          opening(
              "to",
              "(?:(?:i|we) (?:want|need|have|would like|would love|wish|hope|plan|intend|(?:am|are)"
                  + " (?:trying|looking|planning|attempting|hoping)) to|(?:my|our) (?:goal|aim|task|problem) is"
                  + " to) ([^.?!;]{2,100}?)[.,;!?]+ (?:but |and |so )?"
                  + HOW_TO_DO_IT
                  + END,
              "how do i $1"),
          opening(
              "do",
              "what (?:steps )?(?:should|do|can|must|could|would) (?:i|we|you|one) (?:need to |have to"
                  + " )?(?:do|take|follow) (?:if (?:i|we|you|one) (?:want|need|wish) |in order )?to ",
              "how do i "),
          opening(
              "steps",
              "what (?:are the )?steps (?:do|should|must|can) (?:i|we|you|one) (?:need to |have to"
                  + " )?(?:take|follow) (?:in order )?to ",
              "how do i "),
          // Ways.
          opening(
              "way,method,procedure,process,step,approach,instruction,technique",
              "(?:(?:is|are) there |(?:do you )?know(?: of)? |do you have |(?:i am|we are) looking for |i need"
                  + " |what (?:is|are|would be|could be|might be) |which (?:is|are) |(?:show|give|tell|find)"
                  + " me )?(?:an? |any |the |some )?"
                  + GOOD
                  + WAYS
                  + "(?: (?:for me|for us|i can|i could))? (?:in order )?"
                  + DEED,
              "how do i "),
          opening(
              "through,teach,guide,instructions,tutorial,directions",
              "(?:(?:walk|guide|take|talk)"
                  + ME
                  + " through (?:how to|the process of|the steps to)|teach me (?:how )?to|(?:give me"
                  + " )?(?:an? |some )?(?:instructions?|guide|guidance|tutorial|directions|advice) (?:on |for"
                  + " |about |to )?how to) ",
              "how to "),
          opening(
              "how",
              "how (?:do|can|could|should|would|might|may|does|am|is|are) "
                  + DOER
                  + " (?:(?:best|possibly|actually|ever|manage to|be able to|supposed to|meant to|expected"
                  + " to|go about(?: trying to)?|start to) )*(?!get\\b|go\\b|travel\\b)",
              "how do i "),
          opening(
              "how",
              "how "
                  + DOER
                  + " (?:can|could|should|might|would|may|(?:am|is|are) supposed to|(?:need|have) to) ",
              "how to "),
          // What, who, when, where, what of it.
          opening("mean", "what (?:do you mean|is meant) by ", "what is "),
          opening(
              "the ",
              "what does the (?:term|word|expression|phrase|acronym|abbreviation) ",
              "what does "),
          whole("explained", "(\\w+(?: \\w+){0,3}) explained", "explain $1$2"),
          whole("all about", "what is " + SPAN + " all about", "what is $1$2"),
          opening(
              "who,person,that",
              "(?:what is the name of|who (?:is|was)) the (?:person|one|man|woman|guy) (?:who|that)\\b",
              "who"),
          opening("it", "(who|what|where|when) (?:is|was) it (?:that|who)\\b", "$1"),
          opening("name of", "what is the name of (?=the|my|this|an?\\b)", "what is "),
          whole("whom", "by whom (?:was|were) " + SPAN + " written", "who wrote $1$2"),
          whole("whom", SPAN + " (was|were) (\\w+) by whom", "by whom $2 $1 $3$4"),
          whole(
              "birth",
              "what is (?:the )?(?:birth ?date|date of birth) of " + SPAN,
              "when was $1 born$2"),
          whole(
              "birth", "what is " + SPAN + " (?:birth ?date|date of birth)", "when was $1 born$2"),
          whole("lie", "where does " + SPAN + " lie", "where is $1$2"),
          // Requests for something to choose or to be written.
          opening(
              "recommend,propose,advise",
              "(?:can you |could you )?(?:recommend|propose)",
              "suggest"),
          opening(
              "recommend,suggest",
              "(?:what|which) "
                  + SPAN
                  + " (?:do|would|could|can) you (?:recommend|suggest|propose)",
              "suggest $1"),
          opening(
              "recommend,suggest",
              "(?:do you have|give me|i need|i am looking for) (?:any |some )?(?:good"
                  + " )?(?:recommendations?|suggestions?) (?:for|on|about) ",
              "suggest "),
          opening(
              "good,some",
              "(?:i am looking for|do you know|any|suggest|suggest some) (?:any |some )?good ",
              "suggest "),
          opening("help", "help me (?=write|draft|compose|create|find|translate|summari[sz]e)", ""),
          opening(
              "make up,come up,love",
              "(?:make up|come up with|i would love) (?=an? )",
              "give me "));

  private Openings() {}

  /** {@code text}, begun in the plainest way. */
  static String plain(String text) {
    return Turn.allOf(OPENINGS, text);
  }
}
