package io.ccrelay.semantic.guard;

import static io.ccrelay.semantic.guard.Turn.anywhere;
import static io.ccrelay.semantic.guard.Turn.opening;

import java.util.List;

/**
 * Several words that mean the same as others, made one way: verbs of two words, polite and modal
 * turns, turns of time, cause and purpose. Only turns that say the same whatever they are about.
 */
final class Phrases {

  private static final String DOER = "(?:i|you|we|one)";
  private static final String NUMERAL =
      "(?:\\d|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|fifty|hundred)";
  private static final String UP_TO_THREE = "((?:\\w+ ){1,3}?)";

  /** In this order: some read what others wrote. */
  private static final List<Turn> PHRASES =
      List.of(
          // Why, when, how long, how often, how much.
          anywhere("it that", "why (is|was|does|did) it that", "why"),
          anywhere("for what", "for what reasons?", "why"),
          anywhere("how come", "how come", "why"),
          anywhere(
              "case,situation,circumstance,condition",
              "(?:in|under|for) (?:which|what) (?:cases?|situations?|circumstances|conditions)",
              "when"),
          anywhere(
              "which,what", "(?:in|at|on) (?:which|what) (?:year|date|day|month|time)", "when"),
          anywhere(
              "what time",
              "(?:at )?what time(?= (?:do|does|did|is|are|was|were|will|can|should))",
              "when"),
          anywhere(
              "how many people",
              "how many (?:people|inhabitants) live in",
              "what is the population of"),
          anywhere(
              "where",
              "where (?:do|can|could|should|would|will) " + DOER + " (?:find|locate)",
              "where is"),
          anywhere("what are some", "what are some", "give me some"),
          anywhere("at what point", "at what point", "when"),
          anywhere("for how long", "for how long", "how long"),
          anywhere(
              "frequently,regularly,many times",
              "how (?:frequently|regularly|many times)",
              "how often"),
          anywhere("it take", "(do|does|did|will|would) it take", "$1 it"),
          anywhere("number of", "number of", "quantity of"),
          // Whether it can, ought, must be done.
          anywhere(
              "is it",
              "is it (?:ok|okay|fine|all right|alright|possible|permitted|allowed|permissible)"
                  + " (?:for (?:me|you|us) )?to",
              "can i"),
          anywhere(
              "allowed,permitted,able",
              "(?:is|are|am) " + UP_TO_THREE + "(?:allowed|permitted|able) to",
              "can $1"),
          anywhere(
              "it",
              "(?:is|would) it (?:be )?(?:a good"
                  + " idea|advisable|wise|smart|sensible|recommended|worth it) (?:for (?:me|you|us)"
                  + " )?to",
              "should i"),
          anywhere(
              "need to,have to",
              "(what|how|which|when|where)([^.?!]{0,80}?) do " + DOER + " (?:need|have) to",
              "$1$2 should i"),
          anywhere("need to,have to", "do " + DOER + " (?:need|have) to", "must i"),
          anywhere(
              "is it",
              "is it (?:necessary|required|mandatory|obligatory) (?:for (?:me|you|us) )?to",
              "must i"),
          // Ways.
          anywhere(
              "way,method,approach",
              "(?:a |the )?(?:good|best|right|proper|correct) (way|method|approach) (?:to|of|for)",
              "the $1 to"),
          anywhere("best", "how (do|can|could|should) (i|you|we|one) best", "how $1 $2"),
          anywhere(
              "go about", "how (?:do|can|could|should|would) " + DOER + " go about", "how do i"),
          anywhere("do to", "what can " + DOER + " do to", "how can i"),
          anywhere("good", "what (?:would be|is|are) ((?:an? |some )?)good", "suggest $1"),
          anywhere("good,nice", "(suggest|give me) ((?:an? |some )?)(?:good|nice)", "$1 $2"),
          opening("get,have", "(?:could|can|may) i (?:get|have) (?=an? )", "give me "),
          opening("make me", "make me (?=an? )", "give me "),
          anywhere(
              "for",
              "what (is|are) ([^.?!]{1,60}?)(?: used)? for((?: in \\w+)?)(?= ?[?.!]*$)",
              "what is the purpose of $2$3"),
          opening(
              "calculate,compute,evaluate,work out",
              "(?:calculate|compute|evaluate|work out) (?=\\d)",
              "what is "),
          anywhere(
              "times,multiplied",
              "(?<=" + NUMERAL + " )(?:times|multiplied by)(?= " + NUMERAL + ")",
              "*"),
          anywhere("divided", "(?<=" + NUMERAL + " )(?:divided by)(?= " + NUMERAL + ")", "/"),
          anywhere("plus", "(?<=" + NUMERAL + " )(?:plus)(?= " + NUMERAL + ")", "+"),
          anywhere("minus", "(?<=" + NUMERAL + " )(?:minus)(?= " + NUMERAL + ")", "-"),
          anywhere("weather like", "weather like", "weather"),
          anywhere(
              " like",
              "what (is|are|was|were) ([^.?!]{1,50}?) like(?= ?[?.!]*$)",
              "what $1 the nature of $2"),
          anywhere("world war", "world war (?:2|ii|two)", "Second World War"),
          anywhere("world war", "world war (?:1|i|one)", "First World War"),
          anywhere("people", "(do|does|did|can|should) people", "$1 they"),
          anywhere("able,unable", "(?:is|are|am) (?:not able|unable) to", "can not"),
          anywhere("can no", "can no longer", "can not"),
          anywhere(
              "difference,distinction",
              "differences? in|distinctions? (?:of|between)",
              "difference between"),
          anywhere(
              "get",
              "how (?:do|can|could|should|would) " + DOER + " get (from|to)",
              "what is the way $1"),
          anywhere("step", "step[- ]by[- ]step", "stepwise"),
          // Means, time, cause, contrast.
          anywhere(
              "using",
              "(?:by )?using (?=\\p{L})(?<!(?:is|are|was|were|be|been|am|start|stop) using )",
              "with "),
          anywhere(
              "with the,means", "with the (?:help|aid) of|by means of|with the use of", "with"),
          anywhere("during", "during", "in"),
          anywhere("prior", "prior to", "before"),
          anywhere("subsequent", "subsequent to", "after"),
          anywhere("due,owing,account", "due to|owing to|on account of", "because of"),
          anywhere("rather,opposed,place", "rather than|as opposed to|in place of", "instead of"),
          anywhere(
              "addition,well,with", "in addition to|as well as|along with|together with", "and"),
          anywhere("respect,regard,relation", "with (?:regard|respect) to|in relation to", "about"),
          anywhere("order to,as to", "in order to|so as to", "to"),
          anywhere("example,instance,such as", "for (?:example|instance)|such as", "like"),
          anywhere(
              "now,moment,present,current,these",
              "(?:right now|at the moment|at present|currently|nowadays|these days)",
              "now"),
          anywhere(
              "person,individual,somebody,human",
              "(?:a |one )?(?:person|individual|somebody|human being)",
              "someone"),
          anywhere("lot,plenty,deal", "(?:a lot|lots|plenty|a great deal) of", "much"),
          anywhere(
              "list of",
              "(?:the |an? )?(?:complete |full )?list of (?:all )?(?:of )?(?:the )?",
              "which is the "),
          // Imperatives that want a thing, not an account of it.
          opening(
              "the",
              "(?:name|find|calculate|compute|determine|identify|state|list) the\\b",
              "which is the"),
          opening(
              "a,some",
              "(?:write|draft|compose|create|make|generate|produce)(?: me| us)? (?=an? |some )",
              "give me "),
          // What it is called.
          anywhere(
              "say", "how (?:do|would|can) " + DOER + " say (.{1,80}?) in", "translate $1 into"),
          anywhere(
              "word for,synonym",
              "(?:an? )?(?:another word|synonyms?|other words?) (?:for|of)",
              "a synonym for"),
          anywhere(
              "how many",
              "how many (\\w+) (?:are|is|are there in|is there in) (\\d[\\d.,]* ?\\w+)(?="
                  + " ?[?.!]*$)",
              "convert $2 to $1"),
          anywhere(
              "how much is,what is",
              "(?:how much|what) is (\\d[\\d.,]* ?[a-z]+) in (\\w+)(?= ?[?.!]*$)",
              "convert $1 to $2"),
          anywhere("time", "when is (the best|a good) time", "what is $1 time"),
          anywhere("regular", "regular expressions?", "regex"),
          opening("made", "what made\\b", "why did"),
          opening("makes", "what makes (?!an? )", "why does "),
          anywhere("more", "more (?:quickly|rapidly)", "faster"),
          // Verbs of several words.
          anywhere("rid of", "(?:get|gets|getting|got) rid of", "remove"),
          anywhere("out of", "(?:get|take)(?:s|ting|ing)? (\\w+ \\w+) out of", "remove $1 from"),
          anywhere("to", "(?:lead|leads|led|leading) to", "cause"),
          anywhere("about", "(?:bring|brings|brought) about", "cause"),
          anywhere("out", "(?:carry|carries|carried) out", "do"),
          anywhere("out", "(?:find|figure) out", "know"),
          anywhere("work out", "work out", "calculate"),
          anywhere("for", "(?:look|search) for", "seek"),
          anywhere(
              "log,sign",
              "(?:log|sign)(?:s|ging|ned|ed|ing)? (?:in|on|into|onto)(?: to)?",
              "login to"),
          anywhere("sign", "sign up", "register"),
          anywhere("up", "set(?:ting)? up|setup", "configure"),
          anywhere("turn,switch", "(?:turn|switch) on", "enable"),
          anywhere("turn,switch", "(?:turn|switch) " + UP_TO_THREE + "on", "enable $1"),
          anywhere("turn,switch", "(?:turn|switch) off", "disable"),
          anywhere("turn,switch", "(?:turn|switch) " + UP_TO_THREE + "off", "disable $1"),
          anywhere("put", "(?:put|puts) off", "postpone"),
          anywhere("call", "call(?:s|ed|ing)? off", "cancel"),
          anywhere("throw", "throw(?:s|ing)? away", "discard"),
          anywhere("get in,reach", "get in touch with|reach out to", "contact"),
          anywhere("deal", "deal(?:s|ing)? with", "handle"),
          anywhere("place,come", "tak(?:e|es|ing) place|come about", "happen"),
          anywhere("show that", "show that", "prove that"));

  private Phrases() {}

  /** {@code text} with each turn made one way. */
  static String plain(String text) {
    return Turn.allOf(PHRASES, text);
  }
}
