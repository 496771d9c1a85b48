package io.ccrelay.semantic.guard;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Several words that mean the same as others, made one way: verbs of two words, polite and modal
 * turns, turns of time, cause and purpose. Only turns that say the same whatever they are about.
 */
final class Phrases {

  private static final String DOER = "(?:i|you|we|one)";
  private static final String UP_TO_THREE = "((?:\\w+ ){1,3}?)";

  /** In this order: some read what others wrote. */
  private static final List<Phrase> PHRASES =
      List.of(
          // Why, when, how long, how often, how much.
          phrase("why (is|was|does|did) it that", "why"),
          phrase("for what reasons?", "why"),
          phrase("how come", "why"),
          phrase("(?:in|under|for) (?:which|what) (?:cases?|situations?|circumstances|conditions)", "when"),
          phrase("(?:in|at|on) (?:which|what) (?:year|date|day|month|time)", "when"),
          phrase("at what point", "when"),
          phrase("for how long", "how long"),
          phrase("how (?:frequently|regularly|many times)", "how often"),
          phrase("(do|does|did|will|would) it take", "$1 it"),
          phrase("number of", "quantity of"),
          // Whether it can, ought, must be done.
          phrase(
              "is it (?:ok|okay|fine|all right|alright|possible|permitted|allowed|permissible)"
                  + " (?:for (?:me|you|us) )?to",
              "can i"),
          phrase("(?:is|are|am) " + UP_TO_THREE + "(?:allowed|permitted|able) to", "can $1"),
          phrase(
              "(?:is|would) it (?:be )?(?:a good idea|advisable|wise|smart|sensible|recommended|worth it)"
                  + " (?:for (?:me|you|us) )?to",
              "should i"),
          phrase("(what|how|which|when|where)([^.?!]*?) do " + DOER + " (?:need|have) to", "$1$2 should i"),
          phrase("do " + DOER + " (?:need|have) to", "must i"),
          phrase("is it (?:necessary|required|mandatory|obligatory) (?:for (?:me|you|us) )?to", "must i"),
          // Ways.
          phrase("(?:a |the )?(?:good|best|right|proper|correct) (way|method|approach) (?:to|of|for)", "the $1 to"),
          phrase("how (do|can|could|should) (i|you|we|one) best", "how $1 $2"),
          phrase("how (?:do|can|could|should|would) " + DOER + " go about", "how do i"),
          phrase("what can " + DOER + " do to", "how can i"),
          phrase("what (?:would be|is|are) (?:an? |some )?good", "suggest"),
          phrase("how (?:do|can|could|should|would) " + DOER + " get (from|to)", "what is the way $1"),
          phrase("step[- ]by[- ]step", "stepwise"),
          // Means, time, cause, contrast.
          phrase("(?:by )?using (?=\\p{L})(?<!(?:is|are|was|were|be|been|am|start|stop) using )", "with "),
          phrase("with the (?:help|aid) of|by means of|with the use of", "with"),
          phrase("during", "in"),
          phrase("prior to", "before"),
          phrase("subsequent to", "after"),
          phrase("due to|owing to|on account of", "because of"),
          phrase("rather than|as opposed to|in place of", "instead of"),
          phrase("in addition to|as well as|along with|together with", "and"),
          phrase("with (?:regard|respect) to|in relation to", "about"),
          phrase("in order to|so as to", "to"),
          phrase("for (?:example|instance)|such as", "like"),
          phrase("(?:right now|at the moment|at present|currently|nowadays|these days)", "now"),
          phrase("(?:a |one )?(?:person|individual|somebody|human being)", "someone"),
          phrase("(?:a lot|lots|plenty|a great deal) of", "much"),
          phrase("(?:the |an? )?(?:complete |full )?list of (?:all )?(?:of )?(?:the )?", "which is the "),
          // Imperatives that want a thing, not an account of it.
          opening("(?:name|find|calculate|compute|determine|identify|state|list) the\\b", "which is the"),
          opening(
              "(?:write|draft|compose|create|make|generate|produce)(?: me| us)? (?=an? |some )",
              "give me "),
          // What it is called.
          phrase("how (?:do|would|can) " + DOER + " say (.{1,80}?) in", "translate $1 into"),
          phrase("(?:another word|synonyms?|other words) (?:for|of)", "synonym for"),
          phrase("regular expressions?", "regex"),
          opening("what made\\b", "why did"),
          opening("what makes (?!an? )", "why does "),
          phrase("more (?:quickly|rapidly)", "faster"),
          // Verbs of several words.
          phrase("(?:get|gets|getting|got) rid of", "remove"),
          phrase("(?:get|take)(?:s|ting|ing)? (\\w+ \\w+) out of", "remove $1 from"),
          phrase("(?:lead|leads|led|leading) to", "cause"),
          phrase("(?:bring|brings|brought) about", "cause"),
          phrase("(?:carry|carries|carried) out", "do"),
          phrase("(?:find|figure) out", "know"),
          phrase("(?:work|figure) out", "calculate"),
          phrase("(?:look|search) for", "seek"),
          phrase("(?:log|sign)(?:s|ging|ned|ed|ing)? (?:in|on|into|onto)(?: to)?", "login to"),
          phrase("sign up", "register"),
          phrase("set(?:ting)? up|setup", "configure"),
          phrase("(?:turn|switch) on", "enable"),
          phrase("(?:turn|switch) " + UP_TO_THREE + "on", "enable $1"),
          phrase("(?:turn|switch) off", "disable"),
          phrase("(?:turn|switch) " + UP_TO_THREE + "off", "disable $1"),
          phrase("(?:put|puts) off", "postpone"),
          phrase("call(?:s|ed|ing)? off", "cancel"),
          phrase("throw(?:s|ing)? away|get rid of", "discard"),
          phrase("get in touch with|reach out to", "contact"),
          phrase("deal(?:s|ing)? with", "handle"),
          phrase("tak(?:e|es|ing) place|come about", "happen"),
          phrase("show that", "prove that"));

  /** One turn, and what stands for it. */
  private record Phrase(Pattern words, String plain) {}

  private Phrases() {}

  private static Phrase phrase(String words, String plain) {
    return new Phrase(Pattern.compile("(?i)\\b(?:" + words + ")\\b"), plain);
  }

  private static Phrase opening(String words, String plain) {
    return new Phrase(
        Pattern.compile("(?i)(?<![^.!?:,\\s]\\s)(?:please )?\\b(?:" + words + ")"), plain);
  }

  /** {@code text} with each turn made one way. */
  static String plain(String text) {
    String plain = text;
    for (Phrase phrase : PHRASES) {
      plain = phrase.words().matcher(plain).replaceAll(phrase.plain());
    }
    return plain;
  }
}
