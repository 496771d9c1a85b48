package io.ccrelay.semantic.guard;

import static io.ccrelay.semantic.guard.Turn.anywhere;
import static io.ccrelay.semantic.guard.Turn.whole;

import java.util.List;

/** Ways to ask how much, how long, how heavy, how hot, and in what two things differ. */
final class Measures {

  private static final String END = "(?= ?[?.!]*$)";
  private static final String SPAN = "([^.?!,;:]{1,60}?)";
  private static final String DOER = "(?:i|you|we|one)";

  /** In this order: some read what others wrote. */
  private static final List<Turn> MEASURES =
      List.of(
          anywhere(
              "usually,typically,normally,generally",
              "(?<=how (?:long|much|many|often|far) [^.?!]{1,60} )(?:usually|typically|normally|generally) ",
              ""),
          // Money.
          anywhere("how much money", "how much money", "how much"),
          whole(
              "cost",
              "(?:what|how much) (?:does|do|would|will) " + SPAN + " cost(?: me| us)?",
              "how much does $1 cost$2"),
          whole(
              "pay,spend",
              "how much (?:do|would|will|should|must) "
                  + DOER
                  + " (?:have to |need to |expect to )?(?:pay|spend) (?:for|on) "
                  + SPAN,
              "how much does $1 cost$2"),
          anywhere(
              "how much",
              "how much (is|are|was|were) the"
                  + " (?=(?:\\w+ )?(?:wages?|prices?|costs?|fees?|tax|taxes|salary|rent|fare|deposit|fine)\\b)",
              "what $1 the "),
          anywhere(
              "earn,make,paid",
              "how much (?:do|does|can|would|will) (an? "
                  + SPAN
                  + "|\\w+s) (?:earn|make|get paid)(?= in | per |\\s?[?.!]*$)",
              "what is the salary of $1"),
          // Time.
          anywhere(
              "how many",
              "how many (?:seconds|minutes|hours|days|weeks|months|years) (?=(?:does|do|did|will|would)"
                  + " it take)",
              "how long "),
          anywhere(
              "time",
              "how much time (?:(?:does|will|would) it take|do " + DOER + " need)(?: me| us)? to",
              "how long does it take to"),
          anywhere(
              "time",
              "what is the time (?:needed|required|necessary|it takes) (?:to|for)",
              "how long does it take to"),
          anywhere(
              "take",
              "how long (?:does|will|would) it take(?: me| us| you| one| someone)? to",
              "how long does it take to"),
          whole(
              "take", "how long does (\\w+ing " + SPAN + ") take", "how long does it take to $1$3"),
          whole("last", "how long (?:did|was) " + SPAN + " last", "what was the duration of $1$2"),
          whole("last", "how long (?:do|does) " + SPAN + " last", "what is the duration of $1$2"),
          anywhere(
              "live",
              "how long (?:do|does|can|will|would) (an? \\w+|\\w+s) (?:live|survive)",
              "what is the lifespan of $1"),
          anywhere("expectancy,span", "life ?(?:expectancy|span)", "lifespan"),
          anywhere(
              "time",
              "(?:what|when) is the (?:best|right|ideal|optimal) (?:time|season|month|moment) (?:of (?:the"
                  + " )?year )?to",
              "when should i"),
          Turn.opening("best time", "(?:the )?best time to", "when should i"),
          anywhere("day,week,month,year", "(?:each|every) (day|week|month|year)" + END, "per $1"),
          anywhere(
              "a day,a week,a month,a year",
              "(?<=how (?:much|many|often) [^.?!]{1,60} )an? (day|week|month|year)" + END,
              "per $1"),
          // Weight and heat.
          anywhere(
              "weigh",
              "how much (?:do|does|did|will|would) " + SPAN + " weigh",
              "what is the weight of $1"),
          anywhere(
              "temperature",
              "(?:at )?(?:what|which) temperature (?:does|do|will|would) "
                  + SPAN
                  + " (boil|melt|freez)e?s?",
              "what is the $2ing point of $1"),
          // Differences.
          anywhere(
              "differ",
              "(?:main|key|major|biggest|basic|essential) differences?(?= between)",
              "difference"),
          anywhere(
              "difference",
              "is there (?:a|any) difference between",
              "what is the difference between"),
          anywhere(
              "distinguish,differentiate,separate",
              "what (?:distinguishes|differentiates|separates) " + SPAN + " from",
              "what is the difference between $1 and"),
          anywhere(
              "apart",
              "what sets " + SPAN + " apart from",
              "what is the difference between $1 and"),
          anywhere("what way", "in what ways? (?=do|does|are|is)", "how "),
          whole(
              "vs,versus",
              SPAN + " (?:vs\\.?|versus) " + SPAN + "(?:[:,-]? what is the difference)?",
              "difference between $1 and $2$3"),
          anywhere("signs", "signs and symptoms|symptoms and signs", "symptoms"));

  private Measures() {}

  /** {@code text}, asked for a measure in one way. */
  static String plain(String text) {
    return Turn.allOf(MEASURES, text);
  }
}
