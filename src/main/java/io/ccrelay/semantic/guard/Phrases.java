package io.ccrelay.semantic.guard;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

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
  private static final List<Phrase> PHRASES =
      List.of(
          // Why, when, how long, how often, how much.
          phrase("it that", "why (is|was|does|did) it that", "why"),
          phrase("for what", "for what reasons?", "why"),
          phrase("how come", "how come", "why"),
          phrase(
              "case,situation,circumstance,condition",
              "(?:in|under|for) (?:which|what) (?:cases?|situations?|circumstances|conditions)",
              "when"),
          phrase("which,what", "(?:in|at|on) (?:which|what) (?:year|date|day|month|time)", "when"),
          phrase(
              "what time",
              "(?:at )?what time(?= (?:do|does|did|is|are|was|were|will|can|should))",
              "when"),
          phrase(
              "how many people",
              "how many (?:people|inhabitants) live in",
              "what is the population of"),
          phrase(
              "where",
              "where (?:do|can|could|should|would|will) " + DOER + " (?:find|locate)",
              "where is"),
          phrase("what are some", "what are some", "give me some"),
          phrase("at what point", "at what point", "when"),
          phrase("for how long", "for how long", "how long"),
          phrase(
              "frequently,regularly,many times",
              "how (?:frequently|regularly|many times)",
              "how often"),
          phrase("it take", "(do|does|did|will|would) it take", "$1 it"),
          phrase("number of", "number of", "quantity of"),
          // Whether it can, ought, must be done.
          phrase(
              "is it",
              "is it (?:ok|okay|fine|all right|alright|possible|permitted|allowed|permissible)"
                  + " (?:for (?:me|you|us) )?to",
              "can i"),
          phrase(
              "allowed,permitted,able",
              "(?:is|are|am) " + UP_TO_THREE + "(?:allowed|permitted|able) to",
              "can $1"),
          phrase(
              "it",
              "(?:is|would) it (?:be )?(?:a good"
                  + " idea|advisable|wise|smart|sensible|recommended|worth it) (?:for (?:me|you|us)"
                  + " )?to",
              "should i"),
          phrase(
              "need to,have to",
              "(what|how|which|when|where)([^.?!]{0,80}?) do " + DOER + " (?:need|have) to",
              "$1$2 should i"),
          phrase("need to,have to", "do " + DOER + " (?:need|have) to", "must i"),
          phrase(
              "is it",
              "is it (?:necessary|required|mandatory|obligatory) (?:for (?:me|you|us) )?to",
              "must i"),
          // Ways.
          phrase(
              "way,method,approach",
              "(?:a |the )?(?:good|best|right|proper|correct) (way|method|approach) (?:to|of|for)",
              "the $1 to"),
          phrase("best", "how (do|can|could|should) (i|you|we|one) best", "how $1 $2"),
          phrase("go about", "how (?:do|can|could|should|would) " + DOER + " go about", "how do i"),
          phrase("do to", "what can " + DOER + " do to", "how can i"),
          phrase("good", "what (?:would be|is|are) ((?:an? |some )?)good", "suggest $1"),
          phrase("good,nice", "(suggest|give me) ((?:an? |some )?)(?:good|nice)", "$1 $2"),
          opening("get,have", "(?:could|can|may) i (?:get|have) (?=an? )", "give me "),
          opening("make me", "make me (?=an? )", "give me "),
          phrase(
              "for",
              "what (is|are) ([^.?!]{1,60}?)(?: used)? for(?= ?[?.!]*$)",
              "what is the purpose of $2"),
          opening(
              "calculate,compute,evaluate,work out",
              "(?:calculate|compute|evaluate|work out) (?=\\d)",
              "what is "),
          phrase(
              "times,multiplied",
              "(?<=" + NUMERAL + " )(?:times|multiplied by)(?= " + NUMERAL + ")",
              "*"),
          phrase("divided", "(?<=" + NUMERAL + " )(?:divided by)(?= " + NUMERAL + ")", "/"),
          phrase("plus", "(?<=" + NUMERAL + " )(?:plus)(?= " + NUMERAL + ")", "+"),
          phrase("minus", "(?<=" + NUMERAL + " )(?:minus)(?= " + NUMERAL + ")", "-"),
          phrase("weather like", "weather like", "weather"),
          phrase(
              " like",
              "what (is|are|was|were) ([^.?!]{1,50}?) like(?= ?[?.!]*$)",
              "what $1 the nature of $2"),
          phrase("world war", "world war (?:2|ii|two)", "second world war"),
          phrase("world war", "world war (?:1|i|one)", "first world war"),
          phrase("people", "(do|does|did|can|should) people", "$1 they"),
          phrase("able,unable", "(?:is|are|am) (?:not able|unable) to", "can not"),
          phrase("can no", "can no longer", "can not"),
          phrase(
              "difference,distinction",
              "differences? in|distinctions? (?:of|between)",
              "difference between"),
          phrase(
              "get",
              "how (?:do|can|could|should|would) " + DOER + " get (from|to)",
              "what is the way $1"),
          phrase("step", "step[- ]by[- ]step", "stepwise"),
          // Means, time, cause, contrast.
          phrase(
              "using",
              "(?:by )?using (?=\\p{L})(?<!(?:is|are|was|were|be|been|am|start|stop) using )",
              "with "),
          phrase("with the,means", "with the (?:help|aid) of|by means of|with the use of", "with"),
          phrase("during", "during", "in"),
          phrase("prior", "prior to", "before"),
          phrase("subsequent", "subsequent to", "after"),
          phrase("due,owing,account", "due to|owing to|on account of", "because of"),
          phrase("rather,opposed,place", "rather than|as opposed to|in place of", "instead of"),
          phrase("addition,well,with", "in addition to|as well as|along with|together with", "and"),
          phrase("respect,regard,relation", "with (?:regard|respect) to|in relation to", "about"),
          phrase("order to,as to", "in order to|so as to", "to"),
          phrase("example,instance,such as", "for (?:example|instance)|such as", "like"),
          phrase(
              "now,moment,present,current,these",
              "(?:right now|at the moment|at present|currently|nowadays|these days)",
              "now"),
          phrase(
              "person,individual,somebody,human",
              "(?:a |one )?(?:person|individual|somebody|human being)",
              "someone"),
          phrase("lot,plenty,deal", "(?:a lot|lots|plenty|a great deal) of", "much"),
          phrase(
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
          phrase("say", "how (?:do|would|can) " + DOER + " say (.{1,80}?) in", "translate $1 into"),
          phrase(
              "word for,synonym",
              "(?:an? )?(?:another word|synonyms?|other words?) (?:for|of)",
              "a synonym for"),
          phrase(
              "how many",
              "how many (\\w+) (?:are|is|are there in|is there in) (\\d[\\d.,]* ?\\w+)(?="
                  + " ?[?.!]*$)",
              "convert $2 to $1"),
          phrase(
              "how much is,what is",
              "(?:how much|what) is (\\d[\\d.,]* ?[a-z]+) in (\\w+)(?= ?[?.!]*$)",
              "convert $1 to $2"),
          phrase("time", "when is (the best|a good) time", "what is $1 time"),
          phrase("regular", "regular expressions?", "regex"),
          opening("made", "what made\\b", "why did"),
          opening("makes", "what makes (?!an? )", "why does "),
          phrase("more", "more (?:quickly|rapidly)", "faster"),
          // Verbs of several words.
          phrase("rid of", "(?:get|gets|getting|got) rid of", "remove"),
          phrase("out of", "(?:get|take)(?:s|ting|ing)? (\\w+ \\w+) out of", "remove $1 from"),
          phrase("to", "(?:lead|leads|led|leading) to", "cause"),
          phrase("about", "(?:bring|brings|brought) about", "cause"),
          phrase("out", "(?:carry|carries|carried) out", "do"),
          phrase("out", "(?:find|figure) out", "know"),
          phrase("out", "(?:work|figure) out", "calculate"),
          phrase("for", "(?:look|search) for", "seek"),
          phrase(
              "log,sign",
              "(?:log|sign)(?:s|ging|ned|ed|ing)? (?:in|on|into|onto)(?: to)?",
              "login to"),
          phrase("sign", "sign up", "register"),
          phrase("up", "set(?:ting)? up|setup", "configure"),
          phrase("turn,switch", "(?:turn|switch) on", "enable"),
          phrase("turn,switch", "(?:turn|switch) " + UP_TO_THREE + "on", "enable $1"),
          phrase("turn,switch", "(?:turn|switch) off", "disable"),
          phrase("turn,switch", "(?:turn|switch) " + UP_TO_THREE + "off", "disable $1"),
          phrase("put", "(?:put|puts) off", "postpone"),
          phrase("call", "call(?:s|ed|ing)? off", "cancel"),
          phrase("throw,rid of", "throw(?:s|ing)? away|get rid of", "discard"),
          phrase("get in,reach", "get in touch with|reach out to", "contact"),
          phrase("deal", "deal(?:s|ing)? with", "handle"),
          phrase("place,come", "tak(?:e|es|ing) place|come about", "happen"),
          phrase("show that", "show that", "prove that"));

  /**
   * One turn, and what stands for it.
   *
   * @param signs lower-case texts without one of which the turn is not there: quickly seen
   */
  private record Phrase(List<String> signs, Pattern words, String plain) {

    boolean mayOccurIn(String lower) {
      for (String sign : signs) {
        if (lower.contains(sign)) {
          return true;
        }
      }
      return false;
    }
  }

  private Phrases() {}

  private static Phrase phrase(String signs, String words, String plain) {
    return new Phrase(signs(signs), Pattern.compile("(?i)\\b(?:" + words + ")\\b"), plain);
  }

  private static Phrase opening(String signs, String words, String plain) {
    return new Phrase(
        signs(signs),
        Pattern.compile("(?i)(?<![^.!?:,\\s]\\s)(?:please )?\\b(?:" + words + ")"),
        plain);
  }

  private static List<String> signs(String signs) {
    return List.of(signs.split(",", -1));
  }

  /** {@code text} with each turn made one way. */
  static String plain(String text) {
    String plain = text;
    String lower = text.toLowerCase(Locale.ROOT);
    for (Phrase phrase : PHRASES) {
      if (phrase.mayOccurIn(lower)) {
        String changed = phrase.words().matcher(plain).replaceAll(phrase.plain());
        lower = changed.equals(plain) ? lower : changed.toLowerCase(Locale.ROOT);
        plain = changed;
      }
    }
    return plain;
  }
}
