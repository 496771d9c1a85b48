package io.ccrelay.semantic.guard;

import static io.ccrelay.semantic.guard.Turn.anywhere;
import static io.ccrelay.semantic.guard.Turn.before;
import static io.ccrelay.semantic.guard.Turn.opening;
import static io.ccrelay.semantic.guard.Turn.whole;

import java.util.List;

/**
 * Ways to frame a question that ask the same whatever it is about: "which command lists files" and
 * "how do I list files", "multiply 3 by 4" and "what is 3 * 4", "the word X" and "X".
 */
final class Frames {

  private static final String DOER = "(?:i|you|we|one)";
  private static final String END = "(?= ?[?.!]*$)";
  private static final String NUMBER = "(-?\\d[\\d.,]*)";
  private static final String SPAN = "([^.?!,;:]{1,60}?)";

  /** In this order: some read what others wrote. */
  private static final List<Turn> FRAMES =
      List.of(
          // What stands for itself needs no word for its kind.
          before(
              PromptText.MARK,
              "(?:the|this|following|these) (?:english )?(?:word|words|phrase|idiom|sentence|expression|saying"
                  + "|proverb|term|text|quote|string|acronym|abbreviation|message|error|error message)"
                  + " (?="
                  + PromptText.MARK
                  + ")",
              ""),
          anywhere("number", "the number (?=\\d)", ""),
          anywhere(
              "equation,expression,list,numbers",
              "(?:the|this|these) (?:equation|expression|list|numbers):? (?=[\\d(]|\\w\\^)",
              ""),
          anywhere(
              "number",
              "a[n]? (prime|even|odd|whole|perfect|rational|irrational) number" + END,
              "$1"),
          anywhere(
              "city,town,island,country,planet,continent",
              "the (?:city|town|island|country|planet|continent) (?:of )?(?-i:(?=\\p{Lu}))",
              ""),
          anywhere("following,below", "the (?:following|below) (?=\\w+:)", "this "),
          anywhere(
              "main,key,major,principal",
              "(?:main|key|major|principal) (?=(?:themes|causes|reasons|differences|features|benefits|advantages"
                  + "|disadvantages|symptoms|characteristics|points|ideas|steps|effects|functions|principles|uses|types)\\b)",
              ""),
          // Now is when it is asked.
          anywhere("what time", "what time is it", "what is the time"),
          anywhere(
              "now,moment,current,present",
              "(?<=(?:who|what) (?:is|are) [^.?!]{1,60} )(?:right now|now|at the moment|currently|at present|nowadays)"
                  + END,
              ""),
          // Sums.
          opening(
              "multiply", "multiply " + NUMBER + " (?:by|with|and) " + NUMBER, "what is $1 * $2"),
          opening("divide", "divide " + NUMBER + " by " + NUMBER, "what is $1 / $2"),
          opening("add", "add " + NUMBER + " (?:to|and) " + NUMBER, "what is $1 + $2"),
          opening("subtract", "subtract " + NUMBER + " from " + NUMBER, "what is $2 - $1"),
          anywhere("sum", "the sum of " + NUMBER + " and " + NUMBER, "$1 + $2"),
          anywhere("product", "the product of " + NUMBER + " and " + NUMBER, "$1 * $2"),
          anywhere(" x ", "(?<=\\d) x (?=\\d)", " * "),
          anywhere("plus", "(?<=\\d) plus (?=\\d)", " + "),
          anywhere("minus", "(?<=\\d) minus (?=\\d)", " - "),
          anywhere("times", "(?<=\\d) times (?=\\d)", " * "),
          anywhere("sqrt", "sqrt\\((\\d+)\\)(?: ?= ?\\?)?", "the square root of $1"),
          anywhere(
              "degree,\u00B0",
              "(?<=\\d) ?(?:\u00B0|degrees?) ?(?:c|celsius|centigrade)",
              " celsius"),
          anywhere(
              "degree,\u00B0", "(?<=\\d) ?(?:\u00B0|degrees?) ?(?:f|fahrenheit)", " fahrenheit"),
          anywhere(
              "how many",
              "how many (\\w+) (?:are|is)(?: there)? in (\\d[\\d.,]* ?[a-z]+)" + END,
              "convert $2 to $1"),
          // How to do it.
          anywhere(
              "if,whether",
              "how (?:do|can|could|should|would) "
                  + DOER
                  + " (?:tell|know|find out|see|figure out|determine|check) (?:if|whether)",
              "how do i know whether"),
          opening(
              "create,generate,compose,draft,produce",
              "(?:create|generate|compose|draft|produce) (?!an? |some |me )(?=\\w+ ?\\w* (?:for|about|of|that|which|to|on)\\b)",
              "write "),
          opening(
              "list,name,enumerate",
              "(?:list|name|enumerate) (?=\\d|two|three|four|five|six|seven|eight|nine|ten|some )",
              "give me "),
          anywhere(
              "get,travel,go",
              "how (?:do|can|could|should|would) "
                  + DOER
                  + " (?:get|travel|go)( by \\w+)? (from|to)",
              "what is the way$1 $2"),
          opening(
              "command",
              "(?:what|which) is the (\\S+) command (?:to|for|that will) " + SPAN + END,
              "how do i $2 in $1"),
          opening(
              "command",
              "(?:what|which)(?: is the)? (\\S+ )?command (?:to|for|that|will|that will|is used to|can i use to|do i use to|should i use to)"
                  + " ",
              "how do i $1"),
          opening("command", "(?:what|which) command (?=\\w+s\\b)", "how do i "),
          opening("what does it take", "what does it take to", "how can i"),
          opening("what is involved", "what is involved in", "how can i"),
          anywhere(
              "way",
              "(?:what is )?(?:the )?(?:fastest|quickest|most rapid) (?:way|method) (?:to|of|for)"
                  + " ([^.?!]{1,80}?)"
                  + END,
              "how do i $1 quickly"),
          anywhere(
              "way",
              "(?:what is )?(?:the )?(?:easiest|simplest) (?:way|method) (?:to|of|for)"
                  + " ([^.?!]{1,80}?)"
                  + END,
              "how do i $1 easily"),
          anywhere("speed up", "speed(?:ing)? up ([^.?!]{1,60}?)" + END, "make $1 faster"),
          anywhere("load,run", "(make [^.?!]{1,60}?) (?:load|run|work|go) (?=faster)", "$1 "),
          // Which of them.
          whole(
              "which",
              "which (?:one )?(is|are|was) (?:the )?(\\w+er|better|worse|best|\\w+est|more \\w+)(?: (?:one|choice|option))?[,:-]?"
                  + " ([^.?!,]{1,60} or [^.?!,]{1,60}?)",
              "$1 $3 $2$4"),
          whole(
              "which,what",
              "(?:which|what) (?:one )?(should|can|do|would|could) (i|you|we) (\\w+)((?: \\w+)?)[,:-]"
                  + " ([^.?!,]{1,60} or [^.?!,]{1,60}?)",
              "$1 $2 $3 $5$4$6"),
          whole(
              "which",
              "([^.?!,:]{1,60} or [^.?!,:]{1,60}?) ?[,:?-] which (?:one )?(is|are) (?:the )?(\\w+)",
              "$2 $1 $3$4"),
          anywhere(
              "choice,option,alternative",
              "the (\\w+er|better|best) (?:choice|option|alternative)" + END,
              "$1"),
          // What it is for, what it is called, what it has.
          anywhere(
              "use,function,role,point",
              "what is the (?:use|function|role|point) of",
              "what is the purpose of"),
          anywhere(
              "short for,abbreviat,full form,stand,acronym",
              "what (?:is|does) (?:the )?(?:acronym |abbreviation )?"
                  + SPAN
                  + " (?:stand for|short for|an? (?:abbreviation|acronym) (?:for|of))",
              "what does $1 stand for"),
          anywhere(
              "full form,acronym,abbreviation",
              "what is the full (?:form|name|meaning) of(?: the (?:acronym|abbreviation))? "
                  + SPAN
                  + END,
              "what does $1 stand for"),
          whole(
              "cause,have",
              "(?:what|which) (\\w+(?: \\w+)?) (?:does|do|(?:can|could|may|might)(?= [^.?!]+ cause\\b)) "
                  + SPAN
                  + " (?:cause|have)",
              "what are the $1 of $2$3"),
          whole(
              "contain,include",
              "((?:what|which|how many|how much) [^.?!]{1,60}?) (?:contain|include)(s?)( [^.?!]{1,60}?)?",
              "$1 have$3$4"),
          anywhere(
              "considered,regarded,count",
              "can ([^.?!]{1,40}?) be (?:considered|regarded as|called|seen as)(?: an?)?",
              "is $1"),
          anywhere(
              "considered,regarded,deemed",
              "(is|are|was|were) ([^.?!]{1,40}?) (?:considered|regarded as|deemed)(?: to be)?",
              "$1 $2"),
          whole("by", "who (?:is|was) " + SPAN + " (?:written )?by", "who wrote $1$2"),
          anywhere(
              PromptText.MARK,
              "what is (" + PromptText.MARK + ") in (?-i:(\\p{Lu}\\w+))",
              "translate $1 into $2"),
          anywhere(
              "used", "(?:what|which) (\\w+) (?:is|are) (?:used|spoken) in", "what is the $1 in"),
          anywhere(
              "used,found,available,contained",
              "(?<!\\b(?:is|are|was|were|be|been|get|not) )(?:used|found|available|contained) (?=in\\b)",
              ""),
          anywhere(
              "how many",
              "how many (\\w+) (?:are|is)(?: there)? in ((?:an?|the) [^.?!]{1,40}?)" + END,
              "how many $1 does $2 have"),
          anywhere(
              "required,needed,necessary",
              "(?:is|are) (an? " + SPAN + "|\\w+s) (?:required|needed|necessary) (for|to)",
              "do i need $1 $2"),
          whole(
              "required,needed,necessary",
              "(?:is|are) (an? "
                  + SPAN
                  + "|\\w+s) (?:required|needed|necessary)((?: (?:in|at|on) [^.?!]{1,40}?)?)",
              "do i need $1$3$4"),
          anywhere("signs of", "(?<=(?:are|list|know|about) (?:the )?)signs of", "symptoms of"),
          anywhere(
              "treatment",
              "what is the (?:best |recommended |usual )?treatment (?:for|of)",
              "how do i treat"),
          // How it is told.
          anywhere(
              "term,word,language,english",
              "(?:in|using|with) (?:very |really )?(?:simple|easy|plain|basic) (?:terms|words|language|english)",
              "plainly"),
          anywhere("simply", "(?<=(?:explain|describe) [^.?!]{1,60} )simply", "plainly"),
          anywhere(
              "weather",
              "how is the weather (?=like|in|at|on|today|tomorrow)",
              "what is the weather "),
          anywhere("care", "(?:take|taking) care of|look(?:ing)? after", "care for"),
          anywhere(
              "various,different",
              "(?:the )?(?:various|different) (?=types|kinds|sorts|ways|forms|parts|stages|methods)",
              "the "));

  private Frames() {}

  /** {@code text} in its plainest frame. */
  static String plain(String text) {
    return Turn.allOf(FRAMES, text);
  }
}
