package io.ccrelay.semantic.guard;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts a circumstance that stands before a question behind it: "in Java, how do I sort a list" asks
 * what "how do I sort a list in Java" asks.
 */
final class Fronting {

  private static final Pattern FRONTED =
      Pattern.compile(
          "(?is)^\\s*((?:in|on|at|with|for|during|when|if|after|before|as|from|under|without|while|using|by)\\s[^,.?!:;]{2,80}),\\s+"
              + "((?:what|which|who|whom|whose|when|where|why|how|is|are|was|were|do|does|did|can|could|should"
              + "|will|would|has|have|write|give|show|list|name|explain|describe|find|suggest|recommend|summari[sz]e|translate|compare|convert|calculate|create|make"
              + "|draft|count|sort)\\b[^.!?:;]*)([.?!]*)\\s*$");

  /** "My order is late. What should I do?" */
  private static final Pattern SITUATION =
      Pattern.compile(
          "(?is)^\\s*([^,.?!:;]{4,120})[.,]\\s+(what (?:should|can|could|do|must|shall) i do|where"
              + " (?:should|do) i start)(?: now)?([?.!]*)\\s*$");

  /** "Python: how do I sort a list?" */
  private static final Pattern TOPIC =
      Pattern.compile("(?is)^\\s*(\\p{L}[\\p{L}+#]{1,20}): (how\\b[^.!?:;]*)([.?!]*)\\s*$");

  private Fronting() {}

  /** {@code text} with its circumstance last. */
  static String undone(String text) {
    Matcher fronted = FRONTED.matcher(text);
    Matcher situation = SITUATION.matcher(text);
    if (fronted.matches()) {
      return fronted.group(2) + " " + inside(fronted.group(1)) + fronted.group(3);
    }
    Matcher topic = TOPIC.matcher(text);
    if (topic.matches()) {
      return topic.group(2) + " in " + topic.group(1) + topic.group(3);
    }
    return situation.matches()
        ? situation.group(2) + " if " + inside(situation.group(1)) + situation.group(3)
        : text;
  }

  /** What began a sentence, inside of one. */
  private static String inside(String clause) {
    boolean me = clause.startsWith("I ");
    return me ? clause : Character.toLowerCase(clause.charAt(0)) + clause.substring(1);
  }
}
